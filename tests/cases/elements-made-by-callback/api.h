// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pool;
struct pool *pool_create(int min, void *(*alloc)(u32 flags, void *data),
	void (*free)(void *e, void *data), void *data);
void *pool_get(struct pool *p);
void pool_put(struct pool *p, void *e);
void pool_destroy(struct pool *p);
