// Writing one bit-field is not a read or a write of its neighbours.
// RUN: sh %inputs/facts.sh %s > facts
// RUN: FileCheck %s < facts
// RUN: not grep -E "access (set|test).*(skb.other|skb.plain)" facts
// RUN: not grep -E "access set: read" facts
// CHECK-DAG: access set: write skb.cloned at *arg0->skb.cloned
// CHECK-DAG: access test: read skb.mode at *arg0->skb.mode
// CHECK-DAG: access both: read skb.cloned at *arg0->skb.cloned
// CHECK-DAG: access both: read skb.plain at *arg0->skb.plain
struct skb { unsigned long head; unsigned char other:1, cloned:1, mode:3, last:3; unsigned char plain; };

void set(struct skb *skb) { skb->cloned = 1; }
int test(struct skb *skb) { return skb->mode; }
int both(struct skb *skb) { return skb->cloned && skb->plain; }
