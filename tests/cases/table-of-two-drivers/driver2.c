// SPDX-License-Identifier: MIT
#include <linux/api.h>

int x_helper(struct phy *p)
{
	int up = !!(phy_read(p, 1) & 4);
	if (up && !p->link)
		p->st.up++;
	if (!up && p->link)
		p->st.down++;
	p->link = up;
	p->speed = up ? 100 * phy_read(p, 4) : 0;
	p->duplex = p->drv->features[0];
	return p->duplex;
}
