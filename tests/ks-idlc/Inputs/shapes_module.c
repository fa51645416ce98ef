// SPDX-License-Identifier: MIT
/* The driver of shapes.idl: knows nothing of domains. */
#include "shapes.h"

#include <string.h>

#define CLAIM(x) (claim(#x, x))
void claim(const char *what, bool holds);

extern struct lock big_lock;
extern struct hidden secret;
extern unsigned long ticks;

struct device *alloc_device(u32 extra, char *name, void (*setup)(struct device *));
int register_device(struct device *device, const struct ops *ops);
void free_device(struct device *device);
void take_lock(struct lock *lock, int nested, void *nothing);
void name_device(struct device *device, char *name);
void free_lock(struct lock *lock);
int read_bytes(struct hidden *from, u8 *to, u32 length);
bool swap_bytes(u32 *words, unsigned int count, bool twice);
u32 sum(u32 *words, u32 *rest);
const char *name_of(struct device *device);
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

static struct device *first;
static struct inner spares[3] = { { 71, { 0 } }, { 72, { 0 } }, { 73, { 0 } } };
static u32 levels[4] = { 11, 12, 13, 14 };
static int opened, done;

static int device_open(struct device *device);

static void device_done(struct device *device)
{
	CLAIM(device == first);
	done++;
}

static const struct ops ops = { device_open, device_done, "shape" };
static const struct ops other_ops = { check_address, NULL, "other" };

static int device_open(struct device *device)
{
	CLAIM(device == first);
	if (opened) {
		CLAIM(device->lock != &big_lock);
		free_lock(device->lock);
		return ++opened;
	}
	CLAIM(device->ops == &ops);
	CLAIM(!strcmp(device->name, "first"));
	CLAIM(device->level == 7);
	CLAIM(device->carrier == 1);
	CLAIM(device->inner.a == 11 && device->inner.bytes[5] == 5);
	CLAIM(device->end == 16 && ((struct shared_info *)(device->head + 16))->flags == 0x41);
	CLAIM(device->stats->bytes == 200 && device->stats->packets == 100);
	CLAIM(device->nodes->value == 1 && device->nodes->next->value == 2);
	CLAIM(!device->nodes->next->next);
	CLAIM(device->reading->count == 3 && device->reading->values[2] == 33);
	device->reading->values[1] = 34;
	CLAIM(device->frees);
	device->stats->packets = 3;
	CLAIM(device->users == 7 && device->states == 0x2c);
	device->users += 10;
	device->states |= 1;
	CLAIM(device->counts[1] == 2 && device->masks[0] == 3 && device->tally == 30);
	device->counts[0] += 10;
	device->masks[1] |= 4;
	device->tally += 3;
	meanwhile(); /* the kernel counts, too, and nothing of the device crosses */
	device->users -= 3;
	device->states &= ~8ull;
	device->counts[1]--;
	device->inner.a = 12;
	device->destructor = device_done;
	((struct shared_info *)(device->head + 16))->flags = 0x42;
	return ++opened;
}

bool validate(struct attr **attrs, struct stats *stats, bool strict)
{
	CLAIM(strict);
	CLAIM(attrs[0]->len == sizeof(struct attr) + 5 && !strcmp((char *)(attrs[0] + 1), "tail"));
	CLAIM(!attrs[1]);
	CLAIM(attrs[2]->len == sizeof(struct attr) && attrs[2]->type == 9);
	CLAIM(!attrs[3]);
	CLAIM(stats->bytes == 50);
	stats->packets = 5;
	stats->bytes = 51;
	return 7;
}

bool find(struct device **devices, struct device **found, void *cookie)
{
	CLAIM(devices[0] == first && !devices[1]);
	CLAIM(cookie == (void *)&first);
	CLAIM(!*found);
	*found = devices[0];
	devices[0]->flags = 77;
	return true;
}

struct lock *which_lock(void (*nothing)(void))
{
	CLAIM(!nothing);
	return &big_lock;
}

static void use_device(void)
{
	u8 *room;

	first = alloc_device(40, "first", device_done);
	CLAIM(first && first->flags == 5 && first->up && first->low == 3);
	CLAIM(first->address_length == 4 && !memcmp(first->address, "abcd", 4));
	CLAIM(first->list[0] == 1 && first->list[1] == 2 && !first->list[2]);
	CLAIM(((struct shared_info *)(first->head + 16))->flags == 0x40);
	CLAIM(first->stats->packets == 100 && first->stats->bytes == 200);
	CLAIM(first->table_length == 2 && first->table[1].a == 22);
	CLAIM(first->spare_count == 2 && first->spares[0].a == 61 && first->spares[1].a == 62);
	CLAIM(first->lock == &big_lock);
	CLAIM(!first->name[0]);	/* goes the other way only */
	room = (u8 *)(first + 1);
	memset(room, 1, 40);

	first->cookie = &first;
	first->flags = 6;
	first->low = 1;
	first->address[0] = 'z';
	first->list[0] = 4;
	first->table[1].a = 23;
	first->spares = spares;
	first->spare_count = 3;
	first->ops = &ops;
	((struct shared_info *)(first->head + 16))->flags = 0x41;
	CLAIM(register_device(first, &other_ops) == 1);
	CLAIM(first->flags == 6);
	CLAIM(first->low == 2);	/* the kernel's change came back */
	CLAIM(first->inner.a == 12);
	CLAIM(first->users == 114 && first->states == 0x15);
	CLAIM(first->counts[0] == 111 && first->counts[1] == 1 && first->counts[2] == 10);
	CLAIM(first->masks[0] == 2 && first->masks[1] == 0xc);
	CLAIM(first->tally == 31);
	first->users++;
}

int init_module(void)
{
	u32 words[4] = { 1, 2, 3, 4 }, list[4] = { 5, 6, 7, 0 }, rest = 0;
	struct inner inners[2] = { { 1, { 2 } }, { 3, { 4 } } };
	u8 bytes[4] = { 9, 9, 9, 9 };
	u32 copied[4] = { 3, 4, 5, 6 }; /* how many, and they */
	char *names[5] = { (char *)"two", (char *)"of", NULL, (char *)"a", NULL };

	CLAIM(ticks == 1000);
	use_device();
	take_lock(&big_lock, 3, bytes);
	CLAIM(ticks == 1001);
	CLAIM(read_bytes(&secret, bytes, 3) == 3);
	CLAIM(bytes[0] == 's' && bytes[1] == 'e' && bytes[2] == 'c' && bytes[3] == 9);
	CLAIM(swap_bytes(words, 2, true));
	CLAIM(first->users == 1115);
	first->users += 5;
	CLAIM(words[0] == 4 && words[3] == 1);
	CLAIM(sum(list, &rest) == 18 && rest == 3);
	CLAIM(!strcmp(name_of(first), "first"));
	CLAIM(first->flags == 6);
	name_device(first, (char *)"second");
	CLAIM(first->spares == spares && spares[2].a == 74);
	watch(levels, 3, (char *)"levels");
	CLAIM(levels[0] == 21 && levels[1] == 12);
	levels[1] = 30;
	sort(spares, 3);
	CLAIM(levels[0] == 21 && levels[1] == 31 && levels[2] == 13);
	CLAIM(spares[0].a == 100 && spares[2].a == 102);
	spares[1].a = 55; /* the kernel kept a pointer to this one */
	CLAIM(!swap_bytes(words, 2, false));
	CLAIM(total((struct reading *)copied) == 15);
	CLAIM(letters(names, 4) == 6 && letters(names, 1) == 3);
	CLAIM(!letters(names, 0) && !letters(NULL, 0));
	CLAIM(all_letters(names) == 5 && all_letters(names + 2) == 0 && !all_letters(NULL));
	CLAIM(!look_up(NULL));
	CLAIM(lift(2, &big_lock, 1ul << 40, 5u, NULL) == (1u << 8) + 7);
	tune(inners, 2);
	CLAIM(inners[0].a == 101 && inners[1].a == 103 && inners[1].bytes[0] == 4);
	return 0;
}

void cleanup_module(void)
{
	CLAIM(opened == 2 && done == 1);
}
