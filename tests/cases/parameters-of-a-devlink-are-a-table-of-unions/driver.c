// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct nic {
	u8 lanes;
	char mode[16];
	int sets;
};

static int nic_get(struct devlink *devlink, u32 id, struct devlink_param_gset_ctx *ctx)
{
	struct nic *nic = (struct nic *)devlink->priv;
	if (id == 1)
		ctx->val.vu8 = nic->lanes;
	else
		memcpy(ctx->val.vstr, nic->mode, sizeof(nic->mode));
	return 0;
}

static int nic_set(struct devlink *devlink, u32 id, struct devlink_param_gset_ctx *ctx)
{
	struct nic *nic = (struct nic *)devlink->priv;
	nic->sets += ctx->cmode;
	if (id == 1)
		nic->lanes = ctx->val.vu8;
	else
		memcpy(nic->mode, ctx->val.vstr, sizeof(nic->mode));
	return 0;
}

static int nic_validate(struct devlink *devlink, u32 id, union devlink_param_value val,
	struct netlink_ext_ack *extack)
{
	if (id == 1 ? val.vu8 <= 4 : val.vstr[0] == 'f' || val.vstr[0] == 's')
		return 0;
	extack->_msg = id == 1 ? "lanes" : "mode";
	return -22;
}
static const struct devlink_param params[] = {
	{1, "lanes", DEVLINK_PARAM_TYPE_U8, nic_get, nic_set, nic_validate},
	{2, "mode", DEVLINK_PARAM_TYPE_STRING, nic_get, nic_set, nic_validate},
	{3, "queues", DEVLINK_PARAM_TYPE_U32},
};

static int nic_init(void)
{
	struct devlink *devlink = devlink_alloc(sizeof(struct nic));
	union devlink_param_value value = {.vu32 = 70000};
	((struct nic *)devlink->priv)->lanes = 2;
	memcpy(((struct nic *)devlink->priv)->mode, "slow", 5);
	report(devl_params_register(devlink, params, 3));
	report(devl_params_register(devlink, params + 2, 1));
	devl_param_driverinit_value_set(devlink, 3, value);
	value.vu32 = 0;
	report(devl_param_driverinit_value_get(devlink, 3, &value));
	report(value.vu32 + devlink->nparams);
	report(devl_param_driverinit_value_get(devlink, 4, &value));
	return 0;
}

module_init(nic_init);
