// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const char names[3][32] = {"rx_packets", "tx_packets", "errors"};

struct pr {
	u64 c[3];
};

static int cnt(struct ndev *d, int set)
{
	return set == 1 ? 3 : -95;
}

static void strs(struct ndev *d, u32 set, u8 *data)
{
	for (int i = 0; i < 3; i++)
		memcpy(data + i * 32, names[i], 32);
}

static void stats(struct ndev *d, u64 *data)
{
	struct pr *p = d->priv;
	for (int i = 0; i < 3; i++)
		data[i] = p->c[i]++;
}

static void drvinfo(struct ndev *d, struct info *i)
{
	memcpy(i->driver, "xdrv", 5);
	memcpy(i->version, "1.0", 4);
	i->n = 3;
}
static const struct eops ops = {cnt, strs, stats, drvinfo};
static struct pr P = {{7, 8, 9}};
static struct ndev N = {&ops, &P};

static int x_init(void)
{
	report(nd_register(&N));
	report(P.c[0]);
	return 0;
}

module_init(x_init);
