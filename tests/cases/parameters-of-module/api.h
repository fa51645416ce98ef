// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct param;

struct param_ops {
	int (*set)(const char *value, const struct param *param);
	int (*get)(const struct param *param);
};

struct param {
	const char *name;
	const struct param_ops *ops;
	void *arg;
};

extern const struct param_ops number_ops;
void kparams(const struct param *params, u32 count);
int kset(const char *name, const char *value);
int kget(const char *name);
