// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

enum devlink_param_type {
	DEVLINK_PARAM_TYPE_U8,
	DEVLINK_PARAM_TYPE_U32,
	DEVLINK_PARAM_TYPE_STRING
};

union devlink_param_value {
	u8 vu8;
	u32 vu32;
	char vstr[16];
};

struct netlink_ext_ack {
	const char *_msg;
};

struct devlink_param_gset_ctx {
	union devlink_param_value val;
	int cmode;
};
struct devlink;

struct devlink_param {
	u32 id;
	const char *name;
	enum devlink_param_type type;
	int (*get)(struct devlink *devlink, u32 id, struct devlink_param_gset_ctx *ctx);
	int (*set)(struct devlink *devlink, u32 id, struct devlink_param_gset_ctx *ctx);
	int (*validate)(struct devlink *devlink, u32 id, union devlink_param_value val,
		struct netlink_ext_ack *extack);
};

struct devlink {
	unsigned nparams;
	char priv[] __attribute__((aligned(32)));
};
struct devlink *devlink_alloc(size_t priv_size);
int devl_params_register(struct devlink *devlink, const struct devlink_param *params, size_t count);
int devl_param_driverinit_value_get(
	struct devlink *devlink, u32 id, union devlink_param_value *val);
void devl_param_driverinit_value_set(
	struct devlink *devlink, u32 id, union devlink_param_value val);
