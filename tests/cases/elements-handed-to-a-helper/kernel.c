// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct master *master;

int master_register(struct master *m)
{
	kernel_only();
	master = m;
	return 0;
}

int later(void)
{
	struct transfer t[3] = {{1}, {20}, {50}}, bad[2] = {{5}, {101}};

	report(master->transfer(master, t, 3));
	report(t[0].done * 10000 + t[1].done * 100 + t[2].done);
	report(master->transfer(master, bad, 2));
	return bad[0].done;
}
