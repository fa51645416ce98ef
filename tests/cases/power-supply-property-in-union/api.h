// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum kpsy_prop { KPSY_VOLTAGE, KPSY_MODEL, KPSY_LIMIT };

union kpsy_val {
	int intval;
	const char *strval;
};

struct kpsy {
	const enum kpsy_prop *props;
	int (*get)(struct kpsy *psy, enum kpsy_prop prop, union kpsy_val *val);
	void (*supplied)(struct kpsy *psy);
	void *drvdata;
	u32 num_props, changes;
};

int kpsy_get_supplier(struct kpsy *psy, enum kpsy_prop prop, union kpsy_val *val);
int kpsy_changed(struct kpsy *psy);
size_t strlen(const char *string);
