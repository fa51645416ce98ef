// SPDX-License-Identifier: MIT
/* The driver of arrays.idl as the hostile run has it: it says of its memory, and the kernel's, what it draws. */
#include "arrays.h"

#include <stddef.h>

unsigned int draw(unsigned int below);
void ks_block_add(const void *address, size_t size);

struct frames *ks_import_kernel_frames(u32 room);
void ks_import_add_frames(struct frames *frames);
struct list *ks_import_kernel_list(u32 count);
void ks_import_add_list(struct list *list);
void ks_import_add_entry(struct entry *entry);
void ks_import_add_numbers(struct numbers *numbers);
void ks_import_add_samples(struct samples *samples);
u32 ks_import_count_lists(void);
u32 ks_import_look(void);

int ks_driver_init(void);
u32 work(u32 number);

struct small own_small;
/* Two blocks, and what is known as no more than it says itself. */
static char memory[512] __attribute__((aligned(16)));
static char other[256] __attribute__((aligned(16)));
static char pictures[sizeof(struct frames) + 6 * sizeof(struct frame)] __attribute__((aligned(16)));
static char lone[8 + 8 * sizeof(struct entry)] __attribute__((aligned(16)));

static void fill(struct list *list, u32 room, u32 most)
{
	u32 i;

	list->flags = draw(8);
	list->count = draw(8) ? draw(room + 1) : draw(most + 1);
	for (i = 0; i < room; i++)
		list->entries[i] = (struct entry){ draw(4), draw(4), draw(2) ? &own_small : NULL,
						   draw(2) ? "a name" : NULL,
						   draw(2) ? work : NULL };
}

/* Takes one of so many elements, or what begins `steps` words into it, for something else, with other numbers in it. */
static void lie(struct list *list, u32 count, u32 steps)
{
	struct entry *entry = &list->entries[draw(count)];
	struct numbers *numbers = (struct numbers *)((char *)entry + 8 * draw(steps));
	int i;

	switch (draw(4)) {
	case 0:
		ks_import_add_entry(entry);
		return;
	case 1:
		ks_import_add_list((struct list *)entry);
		return;
	}
	for (i = 0; i < 4; i++)
		numbers->values[i] = 0x4141414100000000ull + i;
	if (draw(2))
		ks_import_add_numbers(numbers);
	else
		ks_import_add_samples((struct samples *)numbers);
	__builtin_memset(entry, 0, (steps == 1 ? 1 : 2) * sizeof(*entry));
}

/* Numbers behind what is an array so far, which only its length says more of then. */
static void grow(struct list *list)
{
	struct numbers *numbers = (struct numbers *)&list->entries[4];
	int i;

	__builtin_memset(list, 0, sizeof(memory));
	list->count = 1;
	ks_import_add_list(list);
	for (i = 0; i < 4; i++)
		numbers->values[i] = 0x4141414100000000ull + i;
	ks_import_add_numbers(numbers);
	list->count = 3 + draw(4);
	ks_import_count_lists();
	__builtin_memset(list, 0, sizeof(memory));
}

u32 work(u32 number)
{
	fill((struct list *)memory, 8, 64);
	return number + 1;
}

/* Mostly as many as there is room for, of its own and of the kernel's. */
static void picture(struct frames *frames, u32 room, u32 most)
{
	u32 i;

	frames->count = draw(8) ? draw(room + 1) : draw(most + 1);
	for (i = 0; i < room; i++)
		frames->frames[i].length = draw(1000);
}

int ks_driver_init(void)
{
	struct frames *own_frames = (struct frames *)pictures, *lent = NULL;
	u32 lent_room = 0;
	struct list *mine = (struct list *)memory, *theirs = NULL;
	struct list *small = (struct list *)lone;
	struct samples *samples = (struct samples *)other;
	u32 count = 0;
	int i;

	__builtin_memset(memory, 0, sizeof(memory));
	__builtin_memset(other, 0, sizeof(other));
	__builtin_memset(lone, 0, sizeof(lone));
	ks_block_add(memory, sizeof(memory));
	ks_block_add(other, sizeof(other));
	__builtin_memset(pictures, 0, sizeof(pictures));
	ks_block_add(pictures, sizeof(pictures));
	if (!draw(4))
		grow(mine);
	for (i = 0; i < 4; i++) {
		if (!draw(12))
			lie(mine, 6, 4);
		fill(mine, 8, 64);
		ks_import_add_list(mine);
		if (!draw(12))
			lie(mine, 6, 4);
		fill(small, 8, 8);
		if (draw(2))
			ks_import_add_list(small);
		if (!draw(12))
			lie(small, 6, 4);
		if (draw(2)) {
			theirs = ks_import_kernel_list(draw(6));
			count = theirs ? theirs->count : 0;
		}
		if (theirs && draw(2))
			theirs->count = draw(8);
		if (theirs && draw(2))
			ks_import_add_list(theirs);
		if (theirs && count && !draw(12))
			lie(theirs, count, 1);
		samples->rate = 0x4141414100000000ull;
		samples->values[draw(31)] = 0x4242424200000000ull;
		if (draw(2))
			ks_import_add_samples(samples);
		if (draw(2)) {
			lent = ks_import_kernel_frames(draw(6));
			lent_room = lent ? lent->room : 0;
		}
		if (lent)
			picture(lent, lent_room, 8);
		if (lent && draw(2))
			ks_import_add_frames(lent);
		picture(own_frames, 6, 8);
		if (draw(2))
			ks_import_add_frames(own_frames);
		if (!draw(4))
			mine->count = draw(draw(8) ? 15 : 20);
		if (theirs && !draw(4))
			theirs->count = draw(8);
		own_small.value++;
		ks_import_look();
	}
	return 0;
}
