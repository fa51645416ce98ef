// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_pad {
	struct pad pad;
	char label[8];
	u32 total;
};

static int press(struct pad *pad, u32 value)
{
	pad->hits++;
	pad->last = value % 7;
	return value + pad->hits;
}

static int turn(struct pad *pad, u32 value)
{
	pad->hits += 2;
	return value * 2;
}

static int x_init(void)
{
	struct x_pad *x = kzalloc(sizeof(*x), 0);
	handler_t handlers[4] = {press, turn, NULL, press};
	handler_t pair[2] = {turn, press};
	const char *names[4] = {"left", x->label, "none", "right"};

	x->label[0] = 'a';
	x->label[1] = 'b';
	report(pad_register(&x->pad, handlers, names, 4));
	names[0] = names[1] = "gone";
	handlers[0] = NULL;
	report(pad_check(&x->pad, pair, "left"));
	report(pad_check(&x->pad, pair, x->label));
	report(pad_check(&x->pad, pair, "none"));
	report(x->pad.hits);
	return 0;
}

module_init(x_init);
