// What a variable of a function is initialised with is copied from a constant that has no name in the source:
// the pointers in it are stored in the variable.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access walk: write ops.step at local->context.ops->ops.step size 8 = function step
// CHECK-DAG: access walk: write context.name at local->context.name size 8 = &.str
struct context;
struct ops { int (*step)(struct context *c); };
struct context { struct ops ops; int left; const char *name; };
int run(struct context *c);
static int step(struct context *c) { return c->left; }
int walk(void) {
  struct context c = {{step}, 2, "all"};
  return run(&c);
}
