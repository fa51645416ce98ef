// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kpin_dev;

struct kpin_desc {
	u32 number;
	const char *name;
	void *drv_data;
};

enum kmap_type { KMAP_NONE, KMAP_MUX, KMAP_PINS, KMAP_GROUP };

struct kpinmap {
	const char *dev_name;
	enum kmap_type type;

	union {
		struct {
			const char *group, *function;
		} mux;

		struct {
			const char *group_or_pin;
			unsigned long *configs;
			u32 num_configs;
		} configs;
	} data;
};

struct knode {
	const char *name, *function;
	const char *const *pins;
	u32 npins, strength;
	_Bool pull_up;
};

struct kpin_ops {
	int (*get_groups_count)(struct kpin_dev *p);
	const char *(*get_group_name)(struct kpin_dev *p, u32 selector);
	int (*get_group_pins)(struct kpin_dev *p, u32 selector, const u32 **pins, u32 *num);
	int (*node_to_map)(struct kpin_dev *p, struct knode *np, struct kpinmap **map, u32 *num);
	void (*free_map)(struct kpin_dev *p, struct kpinmap *map, u32 num);
};

struct kmux_ops {
	int (*get_functions_count)(struct kpin_dev *p);
	const char *(*get_function_name)(struct kpin_dev *p, u32 selector);
	int (*get_function_groups)(struct kpin_dev *p, u32 selector, const char *const **groups,
		u32 *num);
	int (*set_mux)(struct kpin_dev *p, u32 function, u32 group);
};

struct kconf_ops {
	int (*get)(struct kpin_dev *p, u32 pin, unsigned long *config);
	int (*set)(struct kpin_dev *p, u32 pin, unsigned long *configs, u32 num);
};

struct kpin_chip {
	const char *name;
	const struct kpin_desc *pins;
	u32 npins;
	const struct kpin_ops *pctlops;
	const struct kmux_ops *pmxops;
	const struct kconf_ops *confops;
};

#define CONFIG(param, argument) ((unsigned long)(argument) << 8 | (param))
#define CONFIG_PARAM(config) ((config)&0xff)
#define CONFIG_ARG(config) ((u32)((config) >> 8))

enum { PULL_UP = 3, DRIVE = 9, BIAS = 12 };

struct kpin_dev *kpin_register(struct kpin_chip *chip, void *data);
void *kpin_get_drvdata(struct kpin_dev *p);
const struct kpin_desc *kpin_desc_get(struct kpin_dev *p, u32 pin);
int strcmp(const char *a, const char *b);
