// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum psp { PSP_STATUS, PSP_ONLINE, PSP_CURRENT_MAX, PSP_MODEL, PSP_CAPACITY };

union psval {
	int intval;
	const char *strval;
};

struct power_supply;

struct psy_desc {
	const char *name;
	int type;
	const enum psp *properties;
	size_t num_properties;
	int (*get)(struct power_supply *psy, enum psp psp, union psval *val);
	int (*set)(struct power_supply *psy, enum psp psp, const union psval *val);
	int (*writeable)(struct power_supply *psy, enum psp psp);
	void (*external_power_changed)(struct power_supply *psy);
};

struct psy_config {
	void *drv_data;
	char **supplied_to;
	size_t num_supplicants;
};

struct power_supply {
	const struct psy_desc *desc;
	char **supplied_to;
	size_t num_supplicants;
	void *drv_data;
	_Bool changed, removing;
	int use_cnt;
	struct power_supply *next;
};

struct power_supply *kpsy_register(const struct psy_desc *desc, const struct psy_config *config);
void *kpsy_drvdata(struct power_supply *psy);
void kpsy_changed(struct power_supply *psy);
int kpsy_get(struct power_supply *psy, enum psp psp, union psval *val);
int kpsy_get_from_supplier(struct power_supply *psy, enum psp psp, union psval *val);
