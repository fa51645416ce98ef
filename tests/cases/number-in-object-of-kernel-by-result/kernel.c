// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct port *ports[2];
static u32 (*handler)(u32 x);

struct port *port_get(u32 id)
{
	struct port *p = ports[id & 1];

	kernel_only();
	if (!p) {
		p = kzalloc(sizeof *p, 0);
		p->id = id;
		p->level = 10;
		p->address[5] = 7;
		ports[id & 1] = p;
	}
	return p;
}

u32 *port_level(struct port *p)
{
	kernel_only();
	return &p->level;
}

u32 *port_count(u32 id, u32 n)
{
	kernel_only();
	return &ports[id & 1]->counts[n & 3];
}

u32 *port_either(u32 id, int second)
{
	struct port *p = ports[id & 1];

	kernel_only();
	return second ? &p->limit : &p->level;
}

u8 *port_address(u32 id)
{
	kernel_only();
	return ports[id & 1]->address;
}

void count_on(u32 *p, u32 n)
{
	kernel_only();
	*p += n;
}

void port_listen(u32 (*tick)(u32 x))
{
	kernel_only();
	handler = tick;
}

static void show(const struct port *p)
{
	report(p->level);
	report(p->limit);
	for (u32 i = 0; i < 4; i++)
		report(p->counts[i]);
	report(p->address[5] + p->address[0] * 256u);
}

int later(void)
{
	for (u32 round = 0; round < 3; round++) {
		for (u32 i = 0; i < 2; i++) {
			ports[i]->level += 100;
			ports[i]->counts[round] += 5;
			ports[i]->address[5]++;
		}
		report(handler(round));
		show(ports[0]);
		show(ports[1]);
	}
	return 0;
}
