// SPDX-License-Identifier: MIT
/*
 * The kernel of shapes.idl against a driver's end that sends rubbish: every message on its way from
 * the driver is changed at random. The kernel's functions touch each byte that their arguments say
 * is there, and every buffer of the kernel's has just the size it says, so that the sanitizers find
 * whatever the kernel's end lets through.
 */
#include "hostile.h"
#include "shapes.h"

ENDS(shapes);

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
bool validate(struct attr **attrs, struct stats *stats, bool strict);
bool find(struct device **devices, struct device **found, void *cookie);
struct lock *which_lock(void (*nothing)(void));

struct hidden {
	char text[8];
};

struct lock big_lock;
struct hidden secret;
unsigned long ticks = 1000;

static unsigned int touched, depth;
static struct device *devices[64];
static struct node nodes[64];
static struct inner *spares[64]; /* that each device had at first */
static unsigned int device_count;
static unsigned int ended[64]; /* how often each device was given back */
static unsigned int released, wrong;

static void touch(const void *from, size_t n)
{
	const volatile u8 *byte = from;

	while (n--)
		touched += *byte++;
}

static void change(struct ks_message *message, unsigned int at)
{
	switch (draw(7)) {
	case 0:
		flip_bit(message, at);
		break;
	case 1:
		message->data[at] = (u8)draw(256);
		break;
	case 2:
		add_some(message, at, 32);
		break;
	case 3:
		/* a word from elsewhere in the message: another reference, another mask */
		memmove(message->data + at / 8 * 8, message->data + draw(message->size) / 8 * 8,
			message->size - message->size / 8 * 8 ? 1 :
			message->size >= 8		      ? 8 :
								1);
		break;
	case 4:
		if (draw(8) == 0)
			message->size = at;
		break;
	case 5:
		/* behind the last object of a class comes another one, of whatever class */
		if (message->size >= 8)
			message->data[message->size - 8] = (u8)draw(7);
		break;
	case 6:
		/* a mask with fields that there are not */
		if (at / 8 * 8 + 8 <= message->size)
			message->data[at / 8 * 8 + 7] |= 0x40;
		break;
	}
}

static void corrupt(struct ks_message *message)
{
	damage(message, change);
}

static u8 *bytes(size_t n)
{
	u8 *made = malloc(n ? n : 1);

	memset(made, 1, n);
	return made;
}

static void touch_device(struct device *device)
{
	struct node *node;
	unsigned int i;

	if (!device)
		return;
	touch(device, sizeof(*device));
	if (device->address)
		touch(device->address, device->address_length);
	if (device->list)
		touch(device->list, strlen((char *)device->list) + 1);
	if (device->head)
		touch(device->head + device->end, sizeof(struct shared_info));
	if (device->stats)
		touch(device->stats, sizeof(*device->stats));
	if (device->table)
		touch(device->table, device->table_length * sizeof(*device->table));
	if (device->spares)
		touch(device->spares, device->spare_count * sizeof(*device->spares));
	for (node = device->nodes, i = 0; node && i < 20; node = node->next, i++)
		touch(node, sizeof(*node));
	if (device->reading)
		touch(device->reading,
		      sizeof(*device->reading) + device->reading->count * sizeof(u32));
	if (device->lock)
		touch(device->lock, sizeof(*device->lock));
	if (device->ops && device->ops->kind)
		touch(device->ops->kind, strlen(device->ops->kind) + 1);
}

struct device *alloc_device(u32 extra, char *name, void (*setup)(struct device *))
{
	struct device *device;

	(void)setup;
	if (name)
		touch(name, strlen(name) + 1);
	if (extra > 4096 || device_count == 64)
		return (void *)-12L;
	device = calloc(1, sizeof(*device) + extra);
	device->address_length = 4;
	device->address = bytes(4);
	device->list = bytes(3);
	device->list[2] = 0;
	device->end = 16;
	device->head = bytes(16 + sizeof(struct shared_info));
	device->stats = (void *)bytes(sizeof(struct stats));
	device->table_length = 2;
	device->table = (void *)bytes(2 * sizeof(struct inner));
	device->spare_count = 2;
	device->spares = (void *)bytes(2 * sizeof(struct inner));
	spares[device_count] = device->spares;
	device->nodes = &nodes[device_count];
	device->reading = (void *)bytes(sizeof(struct reading) + 3 * sizeof(u32));
	device->reading->count = 3;
	device->lock = &big_lock;
	devices[device_count++] = device;
	return device;
}

int register_device(struct device *device, const struct ops *ops)
{
	touch_device(device);
	if (ops && ops->kind)
		touch(ops->kind, strlen(ops->kind) + 1);
	if (device && device->ops && device->ops->open && depth < 3) {
		depth++;
		device->ops->open(device);
		depth--;
		touch_device(device);
	}
	return 1;
}

static void give_back(struct device *device)
{
	unsigned int i;

	for (i = 0; i < device_count; i++)
		if (devices[i] == device)
			ended[i]++;
}

void free_device(struct device *device)
{
	give_back(device);
}

void release_device(struct device *device)
{
	released++;
	give_back(device);
}

void fallback(struct device *device)
{
	touch_device(device);
}

void set_level(struct device *device)
{
	(void)device;
}

int check_address(struct device *device)
{
	return device != NULL;
}

void take_lock(struct lock *lock, int nested, void *nothing)
{
	(void)nested;
	(void)nothing;
	lock->count++;
}

void name_device(struct device *device, char *name)
{
	if (device && name)
		touch(name, device->flags);
}

void free_lock(struct lock *lock)
{
	(void)lock;
}

int read_bytes(struct hidden *from, u8 *to, u32 length)
{
	if (from)
		touch(from, sizeof(*from));
	if (to)
		memset(to, 2, length);
	return 0;
}

bool swap_bytes(u32 *words, unsigned int count, bool twice)
{
	if (words)
		memset(words, 3, count * 2 * sizeof(*words));
	return twice;
}

u32 sum(u32 *words, u32 *rest)
{
	u32 total = 0;

	while (words && *words)
		total += *words++;
	if (rest)
		*rest = total;
	return total;
}

char *name_of(struct device *device)
{
	touch_device(device);
	return device ? "name" : NULL;
}

void meanwhile(void)
{
	if (device_count)
		devices[0]->users++;
}

void tune(struct inner *inners, u32 count)
{
	if (inners)
		memset(inners, 4, count * sizeof(*inners));
}

static u32 *watched, watched_count;
static char *watched_label;

static void touch_watched(void)
{
	u32 i;

	for (i = 0; watched && i < watched_count; i++)
		watched[i]++;
	if (watched_label)
		touch(watched_label, strlen(watched_label));
}

void watch(u32 *levels, u32 count, char *label)
{
	watched = levels;
	watched_count = count;
	watched_label = label;
	touch_watched();
}

void sort(struct inner *inners, u32 count)
{
	memset(inners, 5, count * sizeof(*inners));
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

/* It takes as many as it is told, until NULL. */
u32 lift(int count, ...)
{
	__builtin_va_list list;
	u32 sum;

	__builtin_va_start(list, count);
	__builtin_va_arg(list, struct lock *)->count++;
	sum = __builtin_va_arg(list, unsigned long);
	sum += __builtin_va_arg(list, unsigned int);
	if (count != 2 || __builtin_va_arg(list, void *))
		abort();
	__builtin_va_end(list);
	return sum;
}

static void call_exports(void)
{
	struct attr attr = { sizeof(attr), 9 };
	struct attr *attrs[LIMIT] = { &attr, NULL, &attr, NULL };
	struct stats stats = { 1, 50 };
	struct device *list[2] = { device_count ? devices[0] : NULL, NULL }, *found = NULL;
	unsigned int i;

	validate(attrs, &stats, true);
	which_lock(NULL);
	for (i = 0; i < device_count; i++) {
		touch_device(devices[i]);
		if (devices[i]->ops && devices[i]->ops->open)
			devices[i]->ops->open(devices[i]);
		touch_device(devices[i]);
	}
	find(list, &found, NULL);
	touch_device(found);
}

static void end(void)
{
	unsigned int i;

	for (i = 0; i < device_count; i++) {
		touch_device(devices[i]);
		wrong += ended[i] != 1;
		ended[i] = 0;
		free(devices[i]->address);
		free(devices[i]->list);
		free(devices[i]->head);
		free(devices[i]->stats);
		free(devices[i]->table);
		free(spares[i]);
		free(devices[i]->reading);
		free(devices[i]);
	}
	device_count = 0;
}

int main(int argc, char **argv)
{
	live_through(argc, argv, &ends, call_exports, end);
	printf("%u devices not given back once\n", wrong);
	fprintf(stderr, "%u devices released\n", released);
	return touched == 0;
}
