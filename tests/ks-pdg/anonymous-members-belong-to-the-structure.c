// Members of anonymous structures and unions are fields of the named one around them.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access f: write packet.next at *arg0->packet.next size 8
// CHECK-DAG: access f: write packet.rb_color at *arg0->packet.rb_color size 4
// CHECK-DAG: access f: write packet.adjacent.upper at *arg0->packet.adjacent.upper size 4
// CHECK-DAG: access f: write list.next at *arg0->packet.adjacent.list->list.next size 8
// CHECK-DAG: access f: write packet.queues[].length at *arg0->packet.queues[2]->packet.queues[].length size 4
// CHECK-DAG: access f: write counter_t.value at *arg0->packet.users->counter_t.value size 4
struct list { struct list *next; };
typedef struct { int value; } counter_t;
struct packet {
	union {
		struct { struct packet *next, *prev; };
		struct { int rb_color; };
	};
	struct { int upper; struct list list; } adjacent;
	struct { int length, limit; } queues[4];
	counter_t users;
};

void f(struct packet *p)
{
	p->next = 0;
	p->rb_color = 1;
	p->adjacent.upper = 2;
	p->adjacent.list.next = 0;
	p->queues[2].length = 3;
	p->users.value = 4;
}
