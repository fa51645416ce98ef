// A copy from behind a pointer that may be in one of several objects has the length that is in the same one.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access gather: read - at **arg0->piece.data length *arg0->piece.size
// CHECK-DAG: access gather: read - at ***arg0->piece.next->piece.data length **arg0->piece.next->piece.size
struct piece { struct piece *next; void *data; unsigned size; };

void *memcpy(void *to, const void *from, unsigned long size);

void gather(struct piece *p, char *to)
{
	for (; p; p = p->next) {
		memcpy(to, p->data, p->size);
		to += p->size;
	}
}
