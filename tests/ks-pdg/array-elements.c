// Elements of arrays of pointers and structures, by constant and by any index; an array of
// scalars is one field.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: access one: read attribute.length at **arg0[1]->attribute.length size 2
// CHECK-DAG: access any: read queue.limit at *arg0->device.queues[any]->queue.limit size 4
// CHECK-DAG: access third: read queue.limit at *arg0->device.queues[3]->queue.limit size 4
// CHECK-DAG: access loop: write queue.length at *arg0[any]->queue.length size 4
// CHECK-DAG: access byte: write device.address at *arg0->device.address size 1
// CHECK-DAG: access byte: read device.address at *arg0->device.address size 1
// CHECK-DAG: access text: read - at *arg0[any] size 1
// NEVER-NOT: unknown
struct attribute { unsigned short length; };
struct queue { int length, limit; };
struct device { unsigned char address[6]; struct queue queues[8]; };

int one(struct attribute **tb) { return tb[1]->length; }
int any(struct device *d, int i) { return d->queues[i].limit; }
int third(struct device *d) { return d->queues[3].limit; }
void loop(struct queue *q, struct queue *end) { for (; q != end; q++) q->length = 0; }
void byte(struct device *d, int i) { d->address[0] = d->address[i]; }
int text(char *s) { int n = 0; while (*s++) n++; return n; }
