// SPDX-License-Identifier: MIT
/*
 * The kernel of percpu.idl against a driver's end that sends rubbish, as shapes_hostile.c does. It counts
 * on all processors wherever a device has counters.
 */
#include "hostile.h"
#include "percpu.h"

ENDS(percpu);

struct device *kernel_device(void);
void add_device(struct device *device);
struct counters *swap_counters(struct device *device, struct counters *counters);

static const unsigned long offsets[PROCESSORS] = { 0, DISTANCE, 2 * DISTANCE, 3 * DISTANCE };
static struct device *own[8];
static struct counters *own_counters[8];
static unsigned int own_count, counted, swapped;

static void change(struct ks_message *message, unsigned int at)
{
	change_any(message, at, 32, 16);
}

static void corrupt(struct ks_message *message)
{
	damage(message, change);
}

static void count(const struct device *device)
{
	u32 i;

	for (i = 0; device->counters && i < PROCESSORS; i++) {
		struct counters *its = (struct counters *)((char *)device->counters + offsets[i]);

		its->packets++;
		its->bytes += device->number;
		counted++;
	}
}

struct device *kernel_device(void)
{
	struct device *device;

	if (own_count == 8)
		return NULL;
	device = calloc(1, sizeof(*device));
	own_counters[own_count] = calloc(1, offsets[PROCESSORS - 1] + sizeof(struct counters));
	device->counters = own_counters[own_count];
	own[own_count++] = device;
	return device;
}

void add_device(struct device *device)
{
	count(device);
}

struct counters *swap_counters(struct device *device, struct counters *counters)
{
	struct counters *old = device->counters;

	device->counters = counters;
	count(device);
	swapped++;
	return old;
}

static void forget(void)
{
	while (own_count) {
		free(own[--own_count]);
		free(own_counters[own_count]);
	}
}

int main(int argc, char **argv)
{
	ks_user_processors(PROCESSORS, offsets);
	live_through(argc, argv, &ends, NULL, forget);
	fprintf(stderr, "%u counted, %u swapped\n", counted, swapped);
	return counted == 0;
}
