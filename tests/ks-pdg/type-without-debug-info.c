// Debug info says nothing of a structure that is only used through a declared variable: its
// fields are byte ranges then, by which another unit's names can be found.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access f: read stub@64+64 at *the_stub->stub@64+64 size 8
// CHECK-DAG: call f: indirect - via stub@64+64 (0: arg0)
// CHECK-DAG: type struct stub: structure size 16 incomplete
struct stub { int (*first)(int); int (*second)(int); };
extern const struct stub *the_stub;

int f(int a) { return the_stub->second(a); }
