// SPDX-License-Identifier: MIT
#include <linux/api.h>

static sum_fn kernel_sum;
static sum_fn last;

static u32 plain(struct frame *frame, u32 seed)
{
	return frame->length + seed;
}

static u32 twice(struct frame *frame, u32 seed)
{
	frame->sum += 100;
	return 2 * kernel_sum(frame, seed);
}

static sum_fn pick(u32 kind)
{
	last = kind == 1 ? plain : kind == 2 ? twice : NULL;
	return last;
}

static int scenario(void)
{
	struct frame *frame = kzalloc(sizeof(*frame), 0);
	int sum;

	kernel_sum = kget_sum(4);
	frame->length = 8;
	kset_picker(pick);
	frame->kind = 1;
	sum = ksum(frame);
	frame->kind = 2;
	sum = sum * 100 + ksum(frame);
	frame->kind = 3;
	sum = sum * 100 + ksum(frame);
	report(frame->sum);
	report(last == NULL);
	return sum;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
