// What looks like a bit-field update is a read if the field is a whole integer.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK: access clear: read device.flags at *arg0->device.flags size 4
// CHECK: access clear: write device.flags at *arg0->device.flags size 4
struct device { unsigned flags; };

void clear(struct device *dev) { dev->flags &= ~4u; }
