// SPDX-License-Identifier: MIT
/* The kernel of shapes.idl, and main: both ends of the domain in one process. */
#include "shapes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLAIM(x) (claim(#x, x))
void claim(const char *what, bool holds);

struct ks_end *shapes_driver_start(void);
void shapes_driver_stop(void);
int shapes_kernel_start(void);
void shapes_kernel_stop(void);

struct hidden {
	char text[8];
};

struct lock big_lock;
struct hidden secret = { "secret" };
unsigned long ticks = 1000;

static int failures, freed;
static struct device *the_device;
static u8 address[] = "abcd", list[] = { 1, 2, 0 }, buffer[64];
static struct stats stats = { 100, 200 };
static struct inner table[2] = { { 21, { 0 } }, { 22, { 0 } } };
static struct inner spares[2] = { { 61, { 0 } }, { 62, { 0 } } }, *kept;
static u32 reading[4] = { 3, 31, 32, 33 }; /* how many, and they */
static struct node nodes[2] = { { 1, &nodes[1] }, { 2, NULL } };

bool validate(struct attr **attrs, struct stats *stats, bool strict);
bool find(struct device **devices, struct device **found, void *cookie);
struct lock *which_lock(void (*nothing)(void));
struct device *alloc_device(u32 extra, char *name, void (*setup)(struct device *));
int register_device(struct device *device, const struct ops *ops);
void free_device(struct device *device);
void fallback(struct device *device);
void take_lock(struct lock *lock, int nested, void *nothing);
void name_device(struct device *device, char *name);
void free_lock(struct lock *lock);
int read_bytes(struct hidden *from, u8 *to, u32 length);
bool swap_bytes(u32 *words, unsigned int count, bool twice);
u32 sum(u32 *words, u32 *rest);
char *name_of(struct device *device);
void tune(struct inner *inners, u32 count);
void sort(struct inner *inners, u32 count);
void watch(u32 *levels, u32 count, char *label);
u32 total(struct reading *reading);
u32 letters(char **names, u32 count);
u32 all_letters(char **names);
u32 look_up(void *table);
u32 lift(int count, ...);
int check_address(struct device *device);
void meanwhile(void);
void set_level(struct device *device);

void claim(const char *what, bool holds)
{
	if (holds)
		return;
	printf("not so: %s\n", what);
	failures++;
}

struct device *alloc_device(u32 extra, char *name, void (*setup)(struct device *))
{
	struct device *device = calloc(1, sizeof(*device) + extra);

	CLAIM(extra == 40);
	CLAIM(setup != NULL);
	*(u8 *)&device->level = 7;
	strcpy(device->name, name);
	device->flags = 5;
	device->up = true;
	device->low = 3;
	device->carrier = 1;
	device->frees = true;
	device->address_length = 4;
	device->address = address;
	device->list = list;
	device->head = buffer;
	device->end = 16;
	buffer[16] = 0x40;
	device->stats = &stats;
	device->table_length = 2;
	device->table = table;
	device->spare_count = 2;
	device->spares = spares;
	device->lock = &big_lock;
	device->inner.a = 10;
	device->inner.bytes[5] = 5;
	device->nodes = nodes;
	device->reading = (struct reading *)reading;
	device->users = 7;
	device->states = 0x2c;
	device->counts[0] = 1;
	device->counts[1] = 2;
	device->counts[2] = 3;
	device->masks[0] = 3;
	device->masks[1] = 0;
	device->tally = 30;
	device->beside = 5;
	the_device = device;
	return device;
}

int register_device(struct device *device, const struct ops *ops)
{
	CLAIM(device == the_device);
	CLAIM(device->flags == 6 && device->low == 1);
	CLAIM(device->address == address && !strcmp((char *)address, "zbcd"));
	CLAIM(device->list == list && list[0] == 4 && list[1] == 2);
	CLAIM(device->table == table && table[0].a == 21 && table[1].a == 23);
	CLAIM(device->head == buffer && buffer[16] == 0x41);
	CLAIM(device->spare_count == 3 && device->spares != spares);
	CLAIM(device->spares[0].a == 71 && device->spares[2].a == 73);
	device->spares[2].a = 74;
	CLAIM(device->lock == &big_lock);
	CLAIM(!strcmp(device->ops->kind, "shape"));
	CLAIM(ops != device->ops && !strcmp(ops->kind, "other"));
	CLAIM(ops->open == check_address && !ops->done);
	CLAIM(!strcmp(device->name, "first"));
	device->low = 2;
	device->inner.a = 11;
	return device->ops->open(device);
}

void release_device(struct device *device)
{
	CLAIM(!device); /* the driver has given it back */
}

void free_device(struct device *device)
{
	CLAIM(device == the_device);
	freed++;
	free(device);
}

void fallback(struct device *device)
{
	(void)device;
}

void set_level(struct device *device)
{
	(void)device;
}

void meanwhile(void)
{
	CLAIM(the_device->users == 7 && the_device->states == 0x2c);
	the_device->users += 100;
	the_device->states |= 0x10;
	the_device->states &= ~0x20ull;
	the_device->counts[0] += 100;
	the_device->counts[2] += 7;
	the_device->masks[0] &= ~1ull;
	the_device->masks[1] |= 8;
	the_device->tally -= 2;
}

int check_address(struct device *device)
{
	return device == the_device;
}

void take_lock(struct lock *lock, int nested, void *nothing)
{
	CLAIM(lock == &big_lock && !nested && !nothing);
	lock->count++;
	ticks++;
}

void name_device(struct device *device, char *name)
{
	CLAIM(device == the_device && !memcmp(name, "secon", 5));
}

void free_lock(struct lock *lock)
{
	CLAIM(lock == the_device->lock);
	free(lock);
}

int read_bytes(struct hidden *from, u8 *to, u32 length)
{
	CLAIM(from == &secret);
	memcpy(to, from->text, length);
	return (int)length;
}

bool swap_bytes(u32 *words, unsigned int count, bool twice)
{
	unsigned int i;

	CLAIM(the_device->users == (twice ? 115 : 1120));
	CLAIM(the_device->counts[0] == 111 && the_device->counts[1] == 1);
	CLAIM(the_device->masks[1] == 0xc && the_device->tally == 31 && the_device->beside == 5);
	if (twice)
		the_device->users += 1000;
	for (i = 0; i < count; i++) {
		u32 word = words[i];

		words[i] = words[count * 2 - 1 - i];
		words[count * 2 - 1 - i] = word;
	}
	CLAIM(twice || kept->a == 55);
	return twice;
}

u32 sum(u32 *words, u32 *rest)
{
	u32 total = 0;

	while (*words) {
		total += *words++;
		++*rest;
	}
	return total;
}

char *name_of(struct device *device)
{
	return device->name;
}

void tune(struct inner *inners, u32 count)
{
	while (count--)
		inners++->a += 100;
}

static u32 *watched, watched_count;
static char *watched_label;

void watch(u32 *levels, u32 count, char *label)
{
	watched = levels;
	watched_count = count;
	watched_label = label;
	CLAIM(levels[2] == 13);
	levels[0] = 21;
}

void sort(struct inner *inners, u32 count)
{
	CLAIM(watched[0] == 21 && watched[1] == 30 && watched_count == 3);
	CLAIM(!strcmp(watched_label, "levels"));
	watched[1] = 31;
	CLAIM(inners == the_device->spares && count == 3);
	while (count--)
		inners[count].a = 100 + count;
	kept = &inners[1];
}

u32 total(struct reading *reading)
{
	u32 i, sum = 0;

	for (i = 0; reading && i < reading->count; i++)
		sum += reading->values[i];
	return sum;
}

u32 letters(char **names, u32 count)
{
	u32 i, sum = 0;

	for (i = 0; names && i < count; i++)
		sum += names[i] ? strlen(names[i]) : 0;
	return sum;
}

u32 all_letters(char **names)
{
	u32 sum = 0;

	for (; names && *names; names++)
		sum += strlen(*names);
	return sum;
}

u32 look_up(void *table)
{
	return table ? *(u32 *)table : 0;
}

u32 lift(int count, ...)
{
	__builtin_va_list list;
	struct lock *lock;
	u32 sum = count;

	__builtin_va_start(list, count);
	lock = __builtin_va_arg(list, struct lock *);
	sum += __builtin_va_arg(list, unsigned long) >> 32;
	sum += __builtin_va_arg(list, unsigned int);
	CLAIM(!__builtin_va_arg(list, void *));
	__builtin_va_end(list);
	CLAIM(lock == &big_lock);
	return sum;
}

static void call_exports(void)
{
	struct {
		struct attr attr;
		char tail[8];
	} with_tail = { { sizeof(struct attr) + 5, 1 }, "tail" };
	struct attr without = { sizeof(struct attr), 9 };
	struct attr *attrs[LIMIT] = { &with_tail.attr, NULL, &without, NULL };
	struct stats stats = { 1, 50 };
	struct device *devices[] = { the_device, NULL }, *found = NULL;

	CLAIM(validate(attrs, &stats, true) == 1);
	CLAIM(stats.packets == 5 && stats.bytes == 51);
	CLAIM(find(devices, &found, the_device->cookie));
	CLAIM(found == the_device && the_device->flags == 77);
	CLAIM(which_lock(NULL) == &big_lock);
	the_device->lock = malloc(sizeof(struct lock));
	CLAIM(the_device->ops->open(the_device) == 2);
	CLAIM(the_device->users == 1120);
}

int main(void)
{
	CLAIM(shapes_driver_start() != NULL);
	CLAIM(!shapes_kernel_start());
	CLAIM(big_lock.count == 1);
	CLAIM(buffer[16] == 0x42);
	CLAIM(the_device->stats == &stats && stats.packets == 3);
	call_exports();
	CLAIM(the_device->destructor != NULL);
	the_device->destructor(the_device);
	free_device(the_device);
	shapes_kernel_stop();
	shapes_driver_stop();
	if (!failures)
		printf("all crossed\n");
	return failures != 0;
}
