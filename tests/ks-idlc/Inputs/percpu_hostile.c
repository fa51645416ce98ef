// SPDX-License-Identifier: MIT
/*
 * The kernel of percpu.idl against a driver's end that sends rubbish, as shapes_hostile.c does. It counts
 * on all processors wherever a device has counters.
 */
#include "hostile.h"
#include "percpu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ks_end *percpu_driver_start(void);
void percpu_driver_stop(void);
int percpu_kernel_start(void);
void percpu_kernel_stop(void);

struct device *kernel_device(void);
void add_device(struct device *device);
struct counters *swap_counters(struct device *device, struct counters *counters);

static const unsigned long offsets[PROCESSORS] = { 0, DISTANCE, 2 * DISTANCE, 3 * DISTANCE };
static struct device *own[8];
static struct counters *own_counters[8];
static unsigned int own_count, counted, swapped;

static void corrupt(struct ks_message *message)
{
	unsigned int n = draw(rate) ? 0 : 1 + draw(3);

	while (n-- && message->size) {
		unsigned int at = draw(message->size);

		switch (draw(4)) {
		case 0:
			message->data[at] ^= 1 << draw(8);
			break;
		case 1:
			message->data[at] = (ks_u8)draw(draw(2) ? 256 : 8);
			break;
		case 2:
			if (message->data[at] && message->data[at] < 32)
				message->data[at] += (ks_u8)(1 + draw(8));
			break;
		case 3:
			if (message->size >= 16)
				memcpy(message->data + at / 16 * 16,
				       message->data + draw(message->size) / 16 * 16, 16);
			break;
		}
	}
}

static void count(const struct device *device)
{
	u32 i;

	for (i = 0; device->counters && i < PROCESSORS; i++) {
		struct counters *its =
			(struct counters *)((char *)device->counters + offsets[i]);

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

int main(int argc, char **argv)
{
	unsigned int round, rounds = argc > 1 ? (unsigned int)atoi(argv[1]) : 1000;
	unsigned int good = 0;

	ks_user_processors(PROCESSORS, offsets);
	for (round = 0; round < rounds; round++) {
		seed = round + 1;
		rate = 2u << round % 6; /* one message in so many is changed */
		driver = percpu_driver_start();
		if (!percpu_kernel_start()) {
			good++;
			percpu_kernel_stop();
		}
		percpu_driver_stop();
		while (own_count) {
			free(own[--own_count]);
			free(own_counters[own_count]);
		}
	}
	printf("lived through %u rounds\n", round);
	fprintf(stderr, "%u domains started\n", good);
	fprintf(stderr, "%u counted, %u swapped\n", counted, swapped);
	return counted == 0;
}
