// SPDX-License-Identifier: MIT
/* The driver of percpu.idl as the hostile run has it: it counts where it draws. */
#include "percpu.h"

#include <stddef.h>

unsigned int draw(unsigned int below);

struct device *ks_import_kernel_device(void);
void ks_import_add_device(struct device *device);
struct counters *ks_import_swap_counters(struct device *device, struct counters *counters);

int ks_driver_init(void);

static char memory[4][(PROCESSORS - 1) * DISTANCE + sizeof(struct counters)]
	__attribute__((aligned(16)));
static struct device devices[4];

static void count(const struct device *device)
{
	struct counters *its = device->counters;

	if (!its)
		return;
	its = (struct counters *)((char *)its + draw(PROCESSORS) * DISTANCE);
	its->packets++;
	its->bytes += draw(1000);
}

int ks_driver_init(void)
{
	struct device *device;
	int i;

	for (i = 0; i < 4; i++) {
		device = draw(3) ? &devices[i] : ks_import_kernel_device();
		if (!device)
			continue;
		if (draw(2))
			device->counters = draw(8) ? (struct counters *)memory[draw(4)] : NULL;
		count(device);
		ks_import_add_device(device);
		count(device);
		if (device->counters && draw(2))
			device->counters = ks_import_swap_counters(
				device, draw(8) ? (struct counters *)memory[draw(4)] : NULL);
	}
	return 0;
}
