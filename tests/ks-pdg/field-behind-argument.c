// A field of an object behind an argument: who it is, on which path, read or written.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// RUN: sh %inputs/facts.sh %s optimized >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: access set: read device.parent at *arg0->device.parent size 8 (instruction)
// CHECK-DAG: access set: write counters.bytes at **arg0->device.parent->bus.device->device.stats->counters.bytes size 8
// CHECK-DAG: access set: write device.flags at *arg0->device.flags size 4
// CHECK-DAG: function set: function parameters (dev, bytes) defined
// CHECK-DAG: type struct device: structure size 40 {parent: struct bus* @0+64, flags: unsigned int @64+32, stats: struct counters @128+128, name: char[8] @256+64}
// NEVER-NOT: unknown
struct counters { unsigned long packets, bytes; };
struct bus;
struct device { struct bus *parent; unsigned flags; struct counters stats; char name[8]; };
struct bus { struct device device; };

void set(struct device *dev, unsigned long bytes)
{
	struct device *up = (struct device *)dev->parent;

	up->stats.bytes = bytes;
	dev->flags = 1;
}
