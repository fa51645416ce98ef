// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_read_status(struct kphydev *phy)
{
	int status = kphydev_access(phy, 1, -1);
	phy->link = !!(status & 4);
	phy->speed = status & 8 ? 1000 : 100;
	return kphydev_access(phy, 2, phy->speed / 10);
}

const struct kphydrv x_phydrv = {0x140, 0xff0, x_read_status};
