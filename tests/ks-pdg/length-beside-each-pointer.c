// Where a loop goes over several objects, one after the other, the length of what each of them points to is the
// one that lies beside that pointer.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access all: read - at **arg0->part.bytes[any] size 1 length *arg0->part.count (instruction)
// CHECK-DAG: access all: read - at **{{.*}}->part.next->part.bytes[any] size 1 length *{{.*}}->part.next->part.count (instruction)
struct part { struct part *next; unsigned char *bytes; unsigned count; };

int all(struct part *p)
{
	int sum = 0;
	for (; p; p = p->next)
		for (unsigned i = 0; i < p->count; i++)
			sum += p->bytes[i];
	return sum;
}
