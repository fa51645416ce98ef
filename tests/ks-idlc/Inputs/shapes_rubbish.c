// SPDX-License-Identifier: MIT
/* The driver of shapes.idl as the hostile run has it: it crosses in every way, with what it draws. */
#include "shapes.h"

#include <string.h>

unsigned int draw(unsigned int below);

struct device *ks_import_alloc_device(u32 extra, char *name, void (*setup)(void));
int ks_import_register_device(struct device *device, struct ops *ops);
void ks_import_take_lock(struct lock *lock, int nested, void *nothing);
int ks_import_read_bytes(struct hidden *from, u8 *to, u32 length);
bool ks_import_swap_bytes(u32 *words, unsigned int count, bool twice);
u32 ks_import_sum(u32 *words, u32 *rest);
void ks_import_tune(struct inner *inners, u32 count);
void ks_import_sort(struct inner *inners, u32 count);
void ks_import_watch(u32 *levels, u32 count, char *label);
u32 ks_import_total(struct reading *reading);
u32 ks_import_letters(char **names, u32 count);
u32 ks_import_all_letters(char **names);
u32 ks_import_look_up(void *table);
u32 ks_import_lift(int count, ...);
void ks_import_name_device(struct device *device, char *name);
char *ks_import_name_of(struct device *device);
void ks_import_meanwhile(void);
extern struct lock ks_import_big_lock;
extern char ks_import_secret[];

int ks_driver_init(void);
void ks_driver_exit(void);
int device_open(struct device *device);
void device_done(struct device *device);
bool validate(struct attr **attrs, struct stats *stats, bool strict);
bool find(struct device **devices, struct device **found, void *cookie);
struct lock *which_lock(void (*nothing)(void));

static struct device *ours;
static struct ops ops = { device_open, device_done, "shape" };

int device_open(struct device *device)
{
	(void)device;
	return 0;
}

void device_done(struct device *device)
{
	(void)device;
}

bool validate(struct attr **attrs, struct stats *stats, bool strict)
{
	(void)attrs;
	(void)strict;
	if (stats)
		stats->packets++;
	return true;
}

bool find(struct device **devices, struct device **found, void *cookie)
{
	(void)cookie;
	if (devices && found)
		*found = devices[0];
	return true;
}

struct lock *which_lock(void (*nothing)(void))
{
	(void)nothing;
	return &ks_import_big_lock;
}

/* Our own device: the kernel's end has a shadow of it. */
static struct device own_device;
static u8 own_address[64], own_head[(256 << 10) + 64], own_list[8] = { 1, 1, 1, 0 };
static struct inner own_table[8], own_spares[8];
static u32 own_reading[4];
static struct node own_nodes[12];

/* A chain, most often of as many as may cross. */
static struct node *chain(void)
{
	unsigned int i, length = draw(256) ? draw(5) : 11;

	for (i = 0; i < length; i++)
		own_nodes[i] = (struct node){ i, i + 1 < length ? &own_nodes[i + 1] : NULL };
	return length ? own_nodes : NULL;
}

static void change(struct device *device, bool own)
{
	if (!device)
		return;
	device->flags++;
	if (draw(2))
		device->address_length = draw(own ? 9 : 5);
	if (draw(2))
		device->table_length = draw(own ? 5 : 3);
	if (draw(2))
		device->end = draw(own ? 24 : 17);
	if (draw(2))
		device->spares = own_spares + draw(3);
	if (draw(2))
		device->spare_count = device->spares ? draw(5) : 0;
	device->low = draw(8);
	device->users += draw(3);
	device->states ^= draw(16);
	device->counts[draw(3)] += draw(3);
	device->masks[draw(2)] ^= draw(16);
	device->tally += draw(4);
	device->ops = &ops;
	if (device->reading && !draw(16))
		device->reading->count = draw(5);
	if (!own)
		return;
	device->address = draw(2) ? own_address : NULL;
	device->head = draw(2) ? own_head : NULL;
	device->table = draw(2) ? own_table : NULL;
	device->list = own_list;
	device->reading = draw(2) ? (struct reading *)own_reading : NULL;
	device->nodes = chain();
}

static u32 own_levels[8];
static char own_label[] = "label";

int ks_driver_init(void)
{
	u32 words[12] = { 1, 2, 3, 4 }, list[4] = { 5, 6, 7, 0 }, rest = 0;
	char *names[6] = { NULL };
	struct inner inners[8] = { { 1, { 2 } }, { 3, { 4 } } };
	u8 room[64];
	int i;

	ours = NULL;
	ops.kind =
		"shape"; /* as loaded anew: another text of the kernel's went with the last domain */
	memset(&own_device, 0, sizeof(own_device));
	for (i = 0; i < 6; i++) {
		struct device *device = ks_import_alloc_device(draw(64), "name", NULL);

		if (device && (size_t)device < (size_t)-4096)
			ours = device;
		change(&own_device, true);
		ks_import_register_device(draw(2) ? &own_device : ours, &ops);
		ks_import_take_lock(draw(32) ? &ks_import_big_lock : NULL, 0, NULL);
		ks_import_read_bytes((void *)ks_import_secret, room, draw(64));
		ks_import_swap_bytes(words, draw(6), true);
		ks_import_sum(list, &rest);
		if (ours && ours->flags < sizeof(room))
			ks_import_name_device(ours, (char *)room);
		ks_import_tune(inners, draw(8));
		own_reading[0] = draw(4);
		ks_import_total((struct reading *)own_reading);
		ks_import_watch(draw(8) ? own_levels + draw(4) : NULL, draw(6), own_label);
		ks_import_sort(draw(32) ? own_spares + draw(4) : NULL, draw(5));
		ks_import_meanwhile();
		ks_import_name_of(draw(2) ? &own_device : ours);
		names[draw(4)] = draw(3) ? (char *)"name" : NULL;
		ks_import_letters(draw(8) ? names : NULL, draw(6));
		ks_import_all_letters(draw(8) ? names : NULL);
		ks_import_lift(draw(64) ? 2 : (int)draw(5), draw(64) ? &ks_import_big_lock : NULL,
			       7ul, 1u, draw(64) ? NULL : (void *)own_table);
		ks_import_look_up(draw(64) ? NULL : draw(2) ? (void *)own_table : (void *)names);
	}
	return 0;
}

void ks_driver_exit(void)
{
}
