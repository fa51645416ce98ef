// SPDX-License-Identifier: MIT
// RUN: sh %inputs/sections.sh %s 2>warnings | FileCheck %s
// RUN: FileCheck --check-prefix=WARNING %s <warnings
#include "device.h"

static int failed;

// One lock of the whole kernel is always shared.
// CHECK-LABEL: section init_module: rtnl shared{{$}}

static void touch(struct device *device)
{
	device->level = 0;
}

// The kernel takes this lock too; a callee's writes are inside.
// CHECK-LABEL: section x_both: device.lock shared{{$}}
// CHECK-NEXT: device.level fetch send
// CHECK-NEXT: device.seen fetch{{$}}
static int x_both(struct device *device)
{
	int seen;

	spin_lock(&device->lock);
	touch(device);
	seen = device->seen;
	spin_unlock(&device->lock);
	return seen;
}

// WARNING: sections.c:[[#@LINE+8]]:2: warning:
// WARNING-SAME: device.lock is not released on every path through x_leaves [unpaired-lock]
// CHECK-LABEL: section x_leaves: device.lock shared unbalanced
// CHECK-NEXT: device.level fetch send
static int x_leaves(struct device *device)
{
	int level = 3;

	spin_lock(&device->lock);
	device->level = level;
	if (failed)
		return -1;
	spin_unlock(&device->lock);
	return 0;
}

// No kernel code takes this one.
// CHECK-LABEL: section x_private: device.own_lock{{$}}
// CHECK-NOT: fetch
static void x_private(struct device *device)
{
	spin_lock(&device->own_lock);
	device->own++;
	spin_unlock(&device->own_lock);
}

static void x_setup(struct device *device)
{
	if (x_both(device))
		failed = x_leaves(device);
	x_private(device);
	if (spin_trylock(&device->lock)) {
		device->seen = 1;
		spin_unlock(&device->lock);
	} else {
		device->level = 1;
	}
}

// An attempt counts where it succeeded.
// CHECK-LABEL: section x_setup: device.lock shared{{$}}
// CHECK-NEXT: device.seen fetch send
// CHECK-NOT: device
// WARNING-NOT: warning
int init_module(void)
{
	rtnl_lock();
	device_tick(make_device(x_setup));
	rtnl_unlock();
	return 0;
}
