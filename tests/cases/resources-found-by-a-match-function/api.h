// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct device {
	const char *name;
	struct list_head devres;
	int refs;
};

typedef void (*release_t)(struct device *dev, void *res);
typedef int (*match_t)(struct device *dev, void *res, void *data);

void *devres_alloc(release_t release, size_t size);
void devres_free(void *res);
void devres_add(struct device *dev, void *res);
void *devres_find(struct device *dev, release_t release, match_t match, void *data);
int devres_release(struct device *dev, release_t release, match_t match, void *data);
struct device *the_device(void);
