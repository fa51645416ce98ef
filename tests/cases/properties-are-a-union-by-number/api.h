// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kpsy;

enum { PROP_STATUS, PROP_ONLINE, PROP_CAPACITY, PROP_VOLTAGE, PROP_TEMP, PROP_MODEL, PROP_SERIAL,
	PROP_CYCLES };

union kpropval {
	int intval;
	const char *strval;
};

struct kpsy_config {
	void *drv_data;
	char **supplied_to;
	size_t num_supplicants;
};

struct kpsy_desc {
	const char *name;
	u32 type;
	const int *properties;
	size_t num_properties;
	int (*get_property)(struct kpsy *p, int psp, union kpropval *val);
	int (*set_property)(struct kpsy *p, int psp, const union kpropval *val);
	int (*writeable)(struct kpsy *p, int psp);
	void (*external_changed)(struct kpsy *p);
	_Bool no_thermal;
};

struct kkref {
	int count;
};

struct kwork {
	struct kwork *next;
	void (*func)(struct kwork *w);
	u32 pending, delay;
};

struct kbattery_info {
	int design_mv, min_uv, max_uv;
	u32 table_size;
	struct kocv {
		int ocv, capacity;
	} *table;
};

struct kpsy {
	const struct kpsy_desc *desc;
	char **supplied_to;
	size_t num_supplicants;
	void *drv_data;
	struct kpsy *next;
	int use_cnt;
	_Bool changed;
	struct kbattery_info *info;
};

struct kpsy *kpsy_register(const struct kpsy_desc *desc, const struct kpsy_config *cfg);
void kpsy_unregister(struct kpsy *p);
void kpsy_changed(struct kpsy *p);
int kpsy_supplied(struct kpsy *p, int psp, union kpropval *val);
int kpsy_battery_info(struct kpsy *p, struct kbattery_info **out);
int kocv_to_capacity(const struct kocv *table, u32 n, int ocv);
void kinit_work(struct kwork *w, void (*func)(struct kwork *w));
_Bool kqueue_work(struct kwork *w, u32 delay);
_Bool kcancel_work(struct kwork *w);
void kdriver_exit(void (*exit)(void));

static inline void kkref_init(struct kkref *r)
{
	r->count = 1;
}

static inline void kkref_get(struct kkref *r)
{
	r->count++;
}

static inline int kkref_put(struct kkref *r, void (*release)(struct kkref *r))
{
	if (--r->count)
		return 0;
	release(r);
	return 1;
}
