// Bytes counted from a structure's own address are no elements of the array that begins it: they may
// be of any member. Those of the array are, and of one that is all there is.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access own: read device.name at *arg0->device.name size 1
// CHECK-DAG: access behind: read device.name at *arg0->device.name size 1
// CHECK-DAG: access whole: read key.bytes at *arg0->key.bytes size 1
// CHECK-DAG: access any: read device.a at *arg0->device.a size 4
// CHECK-DAG: access any: read device.b at *arg0->device.b size 4
// CHECK-DAG: access table: write device.a at *arg0->device.a size 4
// CHECK-DAG: access table: write device.b at *arg0->device.b size 4
struct device { char name[12]; unsigned a, b; };
struct key { unsigned char bytes[8]; };

int own(struct device *d, int i) { return d->name[i]; }
int behind(struct device *d, int i) { const char *p = d->name; return p[i]; }
int whole(struct key *k, int i) { return ((unsigned char *)k)[i]; }
int any(struct device *d, unsigned i) { return *(unsigned *)((char *)d + i); }

static const unsigned at[2] = {12, 16};
void table(struct device *d, int i) { *(unsigned *)((char *)d + at[i]) = 0; }
