// What a function returns about its arguments is known where it is called.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access f: write inner.value at *arg0->outer.inner->inner.value size 4
// CHECK-DAG: access g: write outer.count at *result of make->outer.count size 4
// CHECK-DAG: return inner_of: &*arg0->outer.inner
// CHECK-DAG: return h: constant 0
// CHECK-DAG: return h: arg0
// CHECK-DAG: return h: result of fail
struct inner { int value; };
struct outer { int count; struct inner inner; };
struct outer *make(void);
int fail(void);

static inline struct inner *inner_of(struct outer *o) { return &o->inner; }
void f(struct outer *o) { inner_of(o)->value = 1; }
void g(void) { make()->count = 2; }
int h(int a, int b) { return b == 1 ? 0 : b == 2 ? a : fail(); }
