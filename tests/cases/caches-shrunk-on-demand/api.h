// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct shrink_control {
	u32 gfp;
	int nid;
	unsigned long nr_to_scan, nr_scanned;
};

struct shrinker {
	unsigned long (*count)(struct shrinker *s, struct shrink_control *sc);
	unsigned long (*scan)(struct shrinker *s, struct shrink_control *sc);
	long batch;
	int seeks;
	void *private_data;
	struct shrinker *next;
	long deferred[2];
};

struct shrinker *shrinker_alloc(const char *name);
void shrinker_register(struct shrinker *s);
void pool_user(void *(*get)(u32 size), void (*put)(void *obj, u32 fill));
