// Copying or clearing a structure is an access to each of its fields, with all views of a union.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access copy: read stats.packets at *arg1->stats.packets size 8 (memory_intrinsic)
// CHECK-DAG: access copy: write stats.packets at *arg0->stats.packets size 8 (memory_intrinsic)
// CHECK-DAG: access copy: write stats.inner at *arg0->stats.inner
// CHECK-DAG: access copy: write stats.word at *arg0->stats.word size 8 (memory_intrinsic)
// CHECK-DAG: access copy: write stats.half at *arg0->stats.half size 4 (memory_intrinsic)
// CHECK-DAG: access clear: write stats.packets at *arg0->stats.packets size 8
struct stats { long packets; union { long word; int half; }; int inner[30]; };

void copy(struct stats *a, struct stats *b) { *a = *b; }
void clear(struct stats *a) { __builtin_memset(a, 0, sizeof *a); }
