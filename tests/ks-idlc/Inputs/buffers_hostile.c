// SPDX-License-Identifier: MIT
/*
 * The kernel of buffers.idl against a driver's end that sends rubbish, as shapes_hostile.c does. It reads
 * and writes all bytes that its frames say are there, and calls what their tables hold.
 */
#include "hostile.h"
#include "buffers.h"

ENDS(buffers);

struct frame *kernel_frame(u32 size);
void add_frame(struct frame *frame);
void mix(u8 *bytes);
u32 look(void);
struct group *kernel_group(u32 count);
void add_group(struct group *group);
void set_filler(filler fill);

static unsigned int depth;
static struct frame *frames[16];
/* What a frame of the kernel's had at first, of no more memory than it needs; NULL of the driver's. */
static struct {
	u8 *bytes;
	const char **names;
	u32 (**calls)(u32 number);
	u8 *rest;
	struct piece *pieces;
	u8 *mark;
} own[16];
static filler fill;
static struct group *groups[8], *own_groups[8];
static unsigned int group_count, own_group_count;
static unsigned int frame_count, looked, called, written, met;

static void change(struct ks_message *message, unsigned int at)
{
	change_any(message, at, 32, 8);
}

static void corrupt(struct ks_message *message)
{
	damage(message, change);
}

static void touch(struct frame *frame)
{
	u32 i;

	for (i = 0; frame->bytes && i < frame->length; i++) {
		written += frame->bytes[frame->offset + i]++;
		looked++;
	}
	for (i = 0; frame->names && i < frame->name_count; i++)
		looked += frame->names[i] ? strlen(frame->names[i]) : 0;
	if (frame->rest)
		frame->rest[0]++;
	if (frame->pieces)
		frame->pieces[0].number++;
	if (frame->mark)
		frame->mark[0]++;
	for (i = 0; depth < 2 && frame->calls && frame->calls[i]; i++) {
		depth++;
		called += frame->calls[i](i);
		depth--;
	}
}

static void meet(struct group *group)
{
	u32 i;

	for (i = 0; i < group->count; i++)
		if (group->members[i])
			met += 1 + (group->members[i]->length > 64);
	if (group->count && frame_count)
		group->members[0] = frames[draw(frame_count)];
}

/* As much as there is of the driver's memory; a number that is no memory must not get here. */
void mix(u8 *bytes)
{
	if (bytes)
		written += bytes[0]++;
}

struct group *kernel_group(u32 count)
{
	struct group *group;

	if (count > 8 || group_count == 8)
		return NULL;
	group = calloc(1, sizeof(*group) + count * sizeof(group->members[0]));
	group->count = count;
	own_groups[own_group_count++] = groups[group_count++] = group;
	meet(group);
	return group;
}

void add_group(struct group *group)
{
	u32 i;

	for (i = 0; i < group_count && groups[i] != group; i++)
		;
	if (i == 8)
		return;
	groups[i] = group;
	group_count += i == group_count;
	meet(group);
}

struct frame *kernel_frame(u32 size)
{
	struct frame *frame;

	if (size > 64 || frame_count == 16)
		return NULL;
	frame = calloc(1, sizeof(*frame));
	frame->offset = size / 2;
	frame->length = size - size / 2;
	frame->bytes = memset(malloc(size ? size : 1), 1, size ? size : 1);
	own[frame_count].bytes = frame->bytes;
	frame->names = own[frame_count].names = calloc(2, sizeof(*frame->names));
	own[frame_count].names[0] = "mine";
	frame->name_count = 2;
	frame->calls = own[frame_count].calls = calloc(1, sizeof(*frame->calls));
	own[frame_count].rest = memset(malloc(24), 1, 24);
	frame->rest = own[frame_count].rest + 8;
	frame->pieces = own[frame_count].pieces = calloc(3, sizeof(*frame->pieces));
	frame->mark = own[frame_count].mark = calloc(1, 1 + size % 16);
	frames[frame_count++] = frame;
	return frame;
}

void add_frame(struct frame *frame)
{
	u32 i;

	for (i = 0; i < frame_count && frames[i] != frame; i++)
		;
	if (i == 16)
		return;
	frames[i] = frame;
	frame_count += i == frame_count;
	touch(frame);
}

void set_filler(filler function)
{
	fill = function;
}

/* Less than the interface says. */
static void have_filled(void)
{
	u8 *bytes = calloc(1, 5);
	struct piece *pieces = calloc(3, sizeof(*pieces));
	const char *text = "own";

	if (fill && depth < 2) {
		depth++;
		fill(bytes, pieces, draw(8) ? &text : NULL);
		written += bytes[4] + pieces[2].number;
		looked += strlen(text);
		depth--;
	}
	free(bytes);
	free(pieces);
}

u32 look(void)
{
	unsigned int i;

	have_filled();

	for (i = 0; i < frame_count; i++)
		touch(frames[i]);
	for (i = 0; i < group_count; i++)
		meet(groups[i]);
	return looked;
}

static void use(void)
{
	look();
}

static void forget(void)
{
	unsigned int i;

	for (i = 0; i < frame_count; i++) {
		if (own[i].bytes)
			free(frames[i]);
		free(own[i].bytes);
		free(own[i].names);
		free(own[i].calls);
		free(own[i].rest);
		free(own[i].pieces);
		free(own[i].mark);
	}
	memset(own, 0, sizeof(own));
	frame_count = 0;
	fill = NULL;
	for (i = 0; i < own_group_count; i++)
		free(own_groups[i]);
	group_count = own_group_count = 0;
}

int main(int argc, char **argv)
{
	live_through(argc, argv, &ends, use, forget);
	fprintf(stderr, "%u looked, %u written, %u called, %u met\n", looked, written, called, met);
	return looked == 0;
}
