// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct phy *started;

struct mii *mii_alloc(void)
{
	kernel_only();
	return kzalloc(sizeof(struct mii), 0);
}

int mii_register(struct mii *b)
{
	kernel_only();
	int n = 0;
	for (int i = 0; i < 8; i++)
		if (b->mask & (1 << i)) {
			int v = b->read(b, i, 0);
			if (v == 0xffff)
				continue;
			struct phy *p = kzalloc(sizeof(*p), 0);
			p->bus = b;
			p->addr = i;
			b->phys[i] = p;
			b->irq[i] = 100 + i;
			n++;
		}
	return n * 1000 + b->id[2];
}

struct phy *phy_connect(struct ndev *n, struct mii *b, int addr, void (*adjust)(struct ndev *))
{
	kernel_only();
	struct phy *p = b->phys[addr];
	p->attached = n;
	p->adjust = adjust;
	b->write(b, addr, 1, 0x40);
	return p;
}

void phy_start(struct phy *p)
{
	kernel_only();
	started = p;
	p->link = 1;
	p->speed = p->bus->read(p->bus, p->addr, 1) * 10;
	p->adjust(p->attached);
}

int later(void)
{
	started->link = 0;
	started->speed = 0;
	started->adjust(started->attached);
	report(started->attached->carrier);
	return 0;
}
