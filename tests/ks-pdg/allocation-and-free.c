// Allocators make objects; free is an access of its own.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access f: write object.next at *new kmalloc->object.next size 8 = arg0
// CHECK-DAG: access f: free - at *arg0 (model)
// CHECK-DAG: access g: free - at **arg0->object.next (model)
// CHECK-DAG: return f: new kmalloc
struct object { struct object *next; };
void *kmalloc(unsigned long, unsigned);
void kfree(const void *);
void kmem_cache_free(void *, void *);

struct object *f(struct object *o)
{
	struct object *n = kmalloc(sizeof *n, 0);

	n->next = o;
	kfree(o);
	return n;
}
void g(struct object *o) { kmem_cache_free(o, o->next); }
