// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct item {
	const struct devlink_param *param;
	union devlink_param_value driverinit;
} items[8];
static struct devlink *only;

struct devlink *devlink_alloc(size_t priv_size)
{
	kernel_only();
	return only = kzalloc(sizeof(struct devlink) + priv_size, 0);
}

static struct item *find(u32 id)
{
	for (unsigned i = 0; i < only->nparams; i++)
		if (items[i].param->id == id)
			return &items[i];
	return NULL;
}

int devl_params_register(struct devlink *devlink, const struct devlink_param *params, size_t count)
{
	kernel_only();
	for (size_t i = 0; i < count; i++) {
		if (find(params[i].id))
			return -17;
		items[devlink->nparams++].param = &params[i];
	}
	return 0;
}

int devl_param_driverinit_value_get(struct devlink *devlink, u32 id, union devlink_param_value *val)
{
	struct item *item = find(id);
	kernel_only();
	if (!item)
		return -22;
	*val = item->driverinit;
	return item->param->name[0];
}

void devl_param_driverinit_value_set(struct devlink *devlink, u32 id, union devlink_param_value val)
{
	kernel_only();
	find(id)->driverinit = val;
}

static int user_set(u32 id, union devlink_param_value val)
{
	struct devlink_param_gset_ctx ctx = {val, 2}, now = {.cmode = 1};
	const struct devlink_param *param = find(id)->param;
	struct netlink_ext_ack extack = {0};
	int err = param->validate(only, id, val, &extack);
	if (err)
		return err * 1000 - extack._msg[0];
	param->set(only, id, &ctx);
	param->get(only, id, &now);
	return param->type == DEVLINK_PARAM_TYPE_U8 ? now.val.vu8
						    : now.val.vstr[0] * 1000 + now.val.vstr[3];
}

int later(void)
{
	report(user_set(1, (union devlink_param_value){.vu8 = 4}));
	report(user_set(1, (union devlink_param_value){.vu8 = 9}));
	report(user_set(2, (union devlink_param_value){.vstr = "fast"}));
	return user_set(2, (union devlink_param_value){.vstr = "odd"});
}
