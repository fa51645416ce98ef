// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct phylink {
	struct phylink_config *config;
	const struct phylink_mac_ops *ops;
	struct phylink_pcs *pcs;
	struct phylink_link_state state;
	int downs;
};
static struct phylink *only;

struct phylink *phylink_create(
	struct phylink_config *config, int interface, const struct phylink_mac_ops *ops)
{
	struct phylink_pcs *pcs;
	kernel_only();
	if (!(config->supported_interfaces[0] & (1ul << interface)))
		return error_pointer(-22);
	pcs = ops->mac_select_pcs(config, interface);
	if (is_error(pcs))
		return (void *)pcs;
	only = kzalloc(sizeof(*only), 0);
	*only = (struct phylink){config, ops, pcs, {.interface = interface}};
	return only;
}

static int resolve(struct phylink *pl)
{
	struct phylink_link_state state = pl->state;
	pl->pcs->ops->pcs_get_state(pl->pcs, &state);
	if (!state.link)
		return -100;
	pl->ops->mac_link_up(pl->config, state.interface, state.speed, state.lp_advertising[0] & 3);
	return state.an_complete * 1000 + state.lp_advertising[0] * 10 + state.lp_advertising[1];
}

int phylink_start(struct phylink *pl)
{
	int changed;
	kernel_only();
	pl->state.advertising[0] = pl->config->mac_capabilities & 0xd;
	pl->state.advertising[1] = 3;
	pl->ops->mac_config(pl->config, &pl->state);
	pl->pcs->phylink = pl;
	pl->pcs->neg_mode = 2;
	changed = pl->pcs->ops->pcs_config(pl->pcs, pl->state.interface, pl->state.advertising);
	return resolve(pl) + 100000 * changed;
}

void phylink_pcs_change(struct phylink_pcs *pcs, int up)
{
	kernel_only();
	if (up)
		resolve(pcs->phylink);
	else
		pcs->phylink->downs++;
}

int later(void)
{
	report(only->pcs->ops->pcs_config(only->pcs, 0, only->state.advertising));
	report(only->downs * 10 + only->pcs->neg_mode);
	return resolve(only);
}
