// An area behind a structure is a cast of the structure's place.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: access f: write private.count at (struct private)*arg0->private.count size 4
// CHECK-DAG: access f: write device.flags at *arg0->device.flags size 4
// NEVER-NOT: unknown
struct device { unsigned flags; int more; };
struct private { int unused, count; };

static inline void *priv(const struct device *dev) { return (char *)dev + ((sizeof *dev + 31) & ~31ul); }
void f(struct device *dev)
{
	struct private *p = priv(dev);

	p->count = 1;
	dev->flags = 2;
}
// CHECK-DAG: access g: write private.count at (struct private)*arg0->private.count size 4
void g(struct device *dev)
{
	struct private *p = (void *)(dev + 1);

	p->count = 1;
	dev->flags = 2;
}
