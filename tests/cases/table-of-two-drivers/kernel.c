// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int regs[8] = {0, 0, 0x22, 0, 1, 9};
static struct phy P = {.speed = 10};

int phy_read(struct phy *p, int reg)
{
	kernel_only();
	return regs[reg & 7];
}

int phy_write(struct phy *p, int reg, int v)
{
	kernel_only();
	regs[reg & 7] = v + p->irq;
	return 0;
}

int genphy_config(struct phy *p)
{
	kernel_only();
	p->sup[1] = p->adv[0] + p->autoneg;
	p->state++;
	return p->state;
}

int phy_drv_register(struct phy_drv *d, int n)
{
	kernel_only();
	int r = 0;
	for (int i = 0; i < n; i++) {
		P.drv = &d[i];
		if ((d[i].id & d[i].mask) != (0x20u & d[i].mask)) {
			r += 1000;
			continue;
		}
		if (!d[i].match(&P))
			continue;
		P.adv[0] = d[i].features[0] + 8;
		P.adv[1] = d[i].features[1];
		r += d[i].config(&P);
	}
	report(P.sup[1]);
	report(regs[0]);
	report(P.adv[0]);
	report(P.irq);
	report(P.autoneg);
	return r;
}

int later(void)
{
	regs[1] = 4;
	int r = P.drv->status(&P);
	report(P.link);
	report(P.speed);
	report(P.st.up);
	report(P.st.down);
	regs[1] = 0;
	r += P.drv->status(&P);
	report(P.link);
	report(P.st.down);
	return r;
}
