// SPDX-License-Identifier: MIT
// RUN: sh %inputs/leaves.sh %s %inputs/kernel.c | FileCheck %s
#include "device.h"

static int x_open(struct device *device)
{
	device->flags |= 2;
	return device_level(device);
}

static int x_read(struct device *device, char *buffer, unsigned long size)
{
	buffer[0] = device->level;
	return size;
}

static const struct operations x_operations = {
	.open = x_open,
	.read = x_read,
	.name = "x",
};

static void x_setup(struct device *device)
{
	device->operations = &x_operations;
	device->private = device;
}

int init_module(void)
{
	struct device *device = make_device(x_setup);

	if (!device)
		return -1;
	if (add_device(device) < 0)
		free_device(device);
	return 0;
}

// The kernel calls open() here, and may call read() at any time later: both are sent.
// CHECK-LABEL: add_device
// CHECK-NEXT: root device touched identity{{$}}
// CHECK-NEXT: device->operations in
// CHECK-NEXT: device->operations->open in
// CHECK-NEXT: device->operations->read in

// Nothing is copied back from an object that is gone.
// CHECK-LABEL: free_device
// CHECK-NEXT: root device touched identity freed{{$}}
// CHECK-NEXT: device->flags in{{$}}

// The driver has seen it in setup(), so it is not new.
// CHECK-LABEL: make_device
// CHECK: root return touched identity{{$}}
// CHECK-NEXT: return->flags out

// Read and written. What device_level() reads crosses with that call.
// CHECK-LABEL: x_open
// CHECK-NEXT: root device touched identity{{$}}
// CHECK-NEXT: device->flags in out

// CHECK-LABEL: x_read
// CHECK-NEXT: root device touched{{$}}
// CHECK-NEXT: root buffer touched{{$}}
// CHECK-NEXT: device->level in
// CHECK-NEXT: *buffer in out

// `private` is the driver's business.
// CHECK-LABEL: x_setup
// CHECK-NEXT: root device touched identity fresh{{$}}
// CHECK-NEXT: device->operations out
// CHECK-NEXT: device->operations->open out
// CHECK-NEXT: device->operations->read out
// CHECK-NOT: private
