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

// It goes on in the caller, until there is none.
// WARNING: sections.c:[[#@LINE+6]]:2: warning:
// WARNING-SAME: device.lock is not released on every path through x_setup [unpaired-lock]
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

// No kernel code is seen to take this one, which proves nothing: the structure is the kernel's.
// CHECK-LABEL: section x_own: device.own_lock shared{{$}}
static void x_own(struct device *device)
{
	spin_lock(&device->own_lock);
	device->own++;
	spin_unlock(&device->own_lock);
}

// No kernel code can take this one.
// CHECK-LABEL: section x_private: private.lock{{$}}
// CHECK-NOT: fetch
static struct private {
	unsigned int own;
	spinlock_t lock;
} private;

static void x_private(void)
{
	spin_lock(&private.lock);
	private.own++;
	spin_unlock(&private.lock);
}

static void lock_level(struct device *device, spinlock_t *lock)
{
	spin_lock(lock);
	device->level = 2;
}

static void x_setup(struct device *device)
{
	if (x_both(device))
		failed = x_leaves(device);
	x_own(device);
	x_private();
	lock_level(device, &device->lock);
	device->seen = 2;
	spin_unlock(&device->lock);
	if (spin_trylock(&device->lock)) {
		device->seen = 1;
		spin_unlock(&device->lock);
	} else {
		device->level = 1;
	}
}

// What a helper takes, its caller holds.
// CHECK-LABEL: section x_setup: device.lock shared{{$}}
// CHECK-NEXT: device.level fetch send
// CHECK-NEXT: device.seen fetch send
// CHECK-LABEL: section x_setup: device.lock shared unbalanced
// CHECK-NEXT: device.level fetch send
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
