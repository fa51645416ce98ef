// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct devid {
	char compatible[16];
	const void *data;
};

struct res {
	u64 start, end;
	u32 flags;
	const char *name;
};

struct pdev {
	const char *name;
	struct res *resource;
	u32 num;
	void *drvdata;
	void *platdata;
	const struct devid *match;
};

struct pdrv {
	int (*probe)(struct pdev *);
	int (*remove)(struct pdev *);
	const char *name;
	const struct devid *table;
};

int pdrv_register(struct pdrv *d);
struct res *pdev_res(struct pdev *p, u32 flags, u32 n);
const void *pdev_match(struct pdev *p);
