// SPDX-License-Identifier: MIT
/* The driver of buffers.idl as the hostile run has it: it moves what its frames and groups lead to
 * as it draws. */
#include "buffers.h"

#include <stddef.h>

unsigned int draw(unsigned int below);

struct frame *ks_import_kernel_frame(u32 size);
void ks_import_add_frame(struct frame *frame);
void ks_import_mix(u8 *bytes);
u32 ks_import_look(void);
struct group *ks_import_kernel_group(u32 count);
void ks_import_add_group(struct group *group);
void ks_import_set_filler(filler function);

int ks_driver_init(void);
u32 call_one(u32 number);
u32 call_two(u32 number);
void fill(u8 *bytes, struct piece *pieces, const char **text);

u8 memory[64];
union {
	struct group group;
	u8 bytes[40];
} team;
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

void fill(u8 *bytes, struct piece *pieces, const char **text)
{
	if (bytes)
		bytes[draw(16)]++;
	if (pieces)
		pieces[draw(3)].number++;
	if (text && draw(3))
		*text = names[draw(3)];
}

static void move(struct frame *frame)
{
	u32 from = draw(32);

	frame->bytes = draw(8) ? memory + from : NULL;
	frame->offset = draw(8);
	frame->length = draw(24);
	memory[from]++;
}

static void gather(struct group *group, struct frame *theirs)
{
	u32 i;

	for (i = 0; i < group->count; i++)
		if (draw(2))
			group->members[i] = draw(3) && theirs ? theirs : &frames[draw(4)];
	ks_import_add_group(group);
}

int ks_driver_init(void)
{
	struct frame *theirs = NULL;
	struct group *group;
	int i;

	/* What is left of the last domain leads to what that had. */
	__builtin_memset(frames, 0, sizeof(frames));
	__builtin_memset(&team, 0, sizeof(team));
	ks_import_set_filler(fill);
	for (i = 0; i < 4; i++) {
		frames[i] = (struct frame){ .names = names, .name_count = draw(4), .calls = calls };
		move(&frames[i]);
		frames[i].rest = draw(2) ? memory + 40 : NULL;
		ks_import_add_frame(&frames[i]);
		if (!draw(8))
			ks_import_mix(draw(16) ? memory + draw(64) : (u8 *)&draw);
		if (!draw(2))
			theirs = ks_import_kernel_frame(draw(40));
		if (theirs && !draw(4))
			move(theirs);
		if (theirs && theirs->bytes && !draw(4))
			theirs->bytes += draw(3);
		if (theirs && theirs->rest && !draw(4))
			theirs->rest += draw(3);
		if (theirs && theirs->rest)
			theirs->rest[draw(4)]++;
		if (theirs && theirs->mark)
			theirs->mark[draw(16)]++;
		frames[i].mark = draw(2) ? memory + 48 : NULL;
		if (theirs && theirs->pieces)
			theirs->pieces[draw(3)].number++;
		if (theirs && draw(2))
			ks_import_add_frame(theirs);
		team.group.count = draw(5);
		gather(&team.group, theirs);
		group = ks_import_kernel_group(draw(6));
		if (group)
			gather(group, theirs);
		ks_import_look();
	}
	return 0;
}
