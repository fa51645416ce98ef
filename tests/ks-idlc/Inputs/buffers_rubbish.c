// SPDX-License-Identifier: MIT
/* The driver of buffers.idl as the hostile run has it: it moves what its frames lead to as it draws. */
#include "buffers.h"

#include <stddef.h>

unsigned int draw(unsigned int below);

struct frame *ks_import_kernel_frame(u32 size);
void ks_import_add_frame(struct frame *frame);
u32 ks_import_look(void);

int ks_driver_init(void);
u32 call_one(u32 number);
u32 call_two(u32 number);

u8 memory[64];
static const char *const names[] = { "one", NULL, "three" };
static u32 (*const calls[])(u32) = { call_one, call_two, NULL };
static struct frame frames[4];

u32 call_one(u32 number)
{
	return number + 1;
}

u32 call_two(u32 number)
{
	frames[0].offset = draw(8);
	memory[draw(64)]++;
	return number;
}

static void move(struct frame *frame)
{
	u32 from = draw(32);

	frame->bytes = draw(8) ? memory + from : NULL;
	frame->offset = draw(8);
	frame->length = draw(24);
	memory[from]++;
}

int ks_driver_init(void)
{
	struct frame *theirs = NULL;
	int i;

	for (i = 0; i < 4; i++) {
		frames[i] = (struct frame){ .names = names, .name_count = draw(4), .calls = calls };
		move(&frames[i]);
		frames[i].rest = draw(2) ? memory + 40 : NULL;
		ks_import_add_frame(&frames[i]);
		if (!draw(2))
			theirs = ks_import_kernel_frame(draw(40));
		if (theirs && !draw(4))
			move(theirs);
		if (theirs && draw(2))
			ks_import_add_frame(theirs);
		ks_import_look();
	}
	return 0;
}
