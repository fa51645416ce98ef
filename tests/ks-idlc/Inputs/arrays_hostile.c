// SPDX-License-Identifier: MIT
/*
 * The kernel of arrays.idl against a driver's end that sends rubbish, as tags_hostile.c does. It follows and calls
 * what is in as many elements as its lists say that they have, also after a domain was stopped.
 */
#include "arrays.h"
#include "hostile.h"

#define MOST 16
#define ROOM 6

ENDS(arrays);

struct frames *kernel_frames(u32 room);
void add_frames(struct frames *frames);
struct list *kernel_list(u32 count);
void add_list(struct list *list);
void add_entry(struct entry *entry);
void add_numbers(struct numbers *numbers);
void add_samples(struct samples *samples);
u32 count_lists(void);
u32 look(void);

static unsigned int depth;
static struct list *lists[MOST];
static unsigned int list_count;
static struct entry *entries[MOST];
static unsigned int entry_count;
static struct list *own[MOST];
static unsigned int own_count;
static struct frames *frame_lists[MOST], *own_frames[MOST];
static unsigned int frame_list_count, own_frames_count;
static struct small own_small;
static unsigned int followed, called, numbers_met, filled;

static void change(struct ks_message *message, unsigned int at)
{
	change_any(message, at, 8, 8);
}

static void corrupt(struct ks_message *message)
{
	damage(message, change);
}

static void follow(struct entry *entry)
{
	if (entry->small)
		followed += 1 + (entry->small->value++ == 7);
	if (entry->name)
		followed += strlen(entry->name) != 7;
	entry->state++;
}

/* The kernel goes on, whatever the driver's answer was. */
static void touch(struct list *list)
{
	u32 i;

	for (i = 0; i < list->count; i++)
		follow(&list->entries[i]);
	for (i = 0; i < list->count && depth < 2; i++) {
		if (!list->entries[i].work)
			continue;
		depth++;
		called += list->entries[i].work(i) != 0;
		depth--;
	}
	for (i = 0; i < list->count; i++)
		follow(&list->entries[i]);
}

/* As many as the driver has said since. */
static void fill(struct frames *frames)
{
	u32 i;

	for (i = 0; i < frames->count; i++)
		frames->frames[i].offset = frames->frames[i].length++;
	filled += frames->count;
}

struct frames *kernel_frames(u32 room)
{
	struct frames *frames;

	if (own_frames_count == MOST || frame_list_count == MOST || room > ROOM)
		return NULL;
	frames = calloc(1, sizeof(*frames) + room * sizeof(frames->frames[0]));
	frames->room = room;
	own_frames[own_frames_count++] = frames;
	frame_lists[frame_list_count++] = frames;
	return frames;
}

void add_frames(struct frames *frames)
{
	unsigned int i;

	for (i = 0; i < frame_list_count && frame_lists[i] != frames; i++)
		;
	if (i == MOST)
		return;
	frame_lists[i] = frames;
	frame_list_count += i == frame_list_count;
	fill(frames);
}

struct list *kernel_list(u32 count)
{
	struct list *list;

	if (own_count == MOST || list_count == MOST || count > ROOM)
		return NULL;
	list = calloc(1, sizeof(*list) + count * sizeof(list->entries[0]));
	list->count = count;
	if (count)
		list->entries[count - 1].small = &own_small;
	own[own_count++] = list;
	lists[list_count++] = list;
	return list;
}

void add_list(struct list *list)
{
	unsigned int i;

	for (i = 0; i < list_count && lists[i] != list; i++)
		;
	if (i == MOST)
		return;
	lists[i] = list;
	list_count += i == list_count;
	touch(list);
}

void add_entry(struct entry *entry)
{
	if (entry_count < MOST)
		entries[entry_count++] = entry;
	follow(entry);
}

void add_numbers(struct numbers *numbers)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		numbers_met += numbers->values[i] != 0;
}

void add_samples(struct samples *samples)
{
	numbers_met += samples->rate != 0;
}

u32 look(void)
{
	unsigned int i;

	for (i = 0; i < list_count; i++)
		touch(lists[i]);
	for (i = 0; i < entry_count; i++)
		follow(entries[i]);
	for (i = 0; i < frame_list_count; i++)
		fill(frame_lists[i]);
	return followed;
}

u32 count_lists(void)
{
	unsigned int i;

	for (i = 0; i < list_count; i++)
		touch(lists[i]);
	return list_count;
}

static void use(void)
{
	look();
}

static void forget(void)
{
	list_count = entry_count = frame_list_count = 0;
	while (own_count)
		free(own[--own_count]);
	while (own_frames_count)
		free(own_frames[--own_frames_count]);
}

int main(int argc, char **argv)
{
	live_through(argc, argv, &ends, use, forget);
	fprintf(stderr, "%u followed, %u called, %u numbers, %u filled\n", followed, called,
		numbers_met, filled);
	return followed == 0;
}
