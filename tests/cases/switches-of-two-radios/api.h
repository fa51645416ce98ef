// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum radio_type { RADIO_WLAN = 1, RADIO_BT };

struct radio;

struct radio_ops {
	int (*set_block)(void *data, _Bool blocked);
	void (*query)(struct radio *r, void *data);
};

struct radio {
	u32 idx;
	enum radio_type type;
	unsigned long state;
	const struct radio_ops *ops;
	void *data;
	char name[];
};

struct radio *radio_alloc(
	const char *name, enum radio_type type, const struct radio_ops *ops, void *data);
int radio_register(struct radio *r);
void radio_destroy(struct radio *r);
_Bool radio_set_hw_state(struct radio *r, _Bool blocked);
size_t strlen(const char *s);
