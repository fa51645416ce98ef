// Functions in static objects: nested, in arrays, behind casts, with the field that holds them;
// a call through a field says which.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: init table: ops.open = function my_open
// CHECK-DAG: init table: inner.close = function my_close
// CHECK-DAG: init table: ops.name = "table"
// CHECK-DAG: init table: ops.flags = 3
// CHECK-DAG: init table: ops.mode = 5
// CHECK-DAG: init table: ops.self = &table+8
// CHECK-DAG: init list: handler.call = function my_open
// CHECK-DAG: init list: handler.call = function my_late
// CHECK-DAG: function my_open: function parameters (d) local address-taken defined
// CHECK-DAG: call run: indirect - via ops.open (0: arg0)
// CHECK-DAG: access run: read ops.open at **arg0->dev.ops->ops.open size 8
// CHECK-DAG: access set: write ops.open at *arg0->ops.open size 8 = function my_open must
struct dev;
struct inner { void (*close)(struct dev *); };
struct ops { int (*open)(struct dev *); struct inner inner; const char *name; int flags:4, mode:4; void *self; };
struct dev { const struct ops *ops; };
struct handler { int type; void *call; };

static int my_open(struct dev *d) { return !d; }
static void my_close(struct dev *d) { (void)d; }
static int my_late(void) { return 0; }
struct ops table = { my_open, { my_close }, "table", 3, 5, &table.inner };
struct handler list[] = { { 1, my_open }, { 0, (void *)my_late } };

int run(struct dev *d) { return d->ops->open(d); }
void set(struct ops *o) { o->open = my_open; }
