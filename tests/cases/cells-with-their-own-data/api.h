// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct resource {
	u64 start, end;
	const char *name;
	unsigned long flags;
};

struct cell {
	const char *name;
	int id;
	void *platform_data;
	size_t pdata_size;
	u32 num_resources;
	const struct resource *resources;
};

struct device {
	struct device *parent;
	void *platform_data, *drvdata;
};

struct platform_device {
	const char *name;
	int id;
	struct device dev;
	u32 num_resources;
	struct resource *resource;
};

struct platform_driver {
	const char *name;
	int (*probe)(struct platform_device *p);
	int (*event)(struct platform_device *p, u32 what);
	struct platform_driver *next;
};

int platform_driver_register(struct platform_driver *d);
int add_cells(struct device *parent, const struct cell *cells, int n);
struct resource *platform_get_resource(struct platform_device *p, unsigned long flags, u32 n);
int strcmp(const char *a, const char *b);
