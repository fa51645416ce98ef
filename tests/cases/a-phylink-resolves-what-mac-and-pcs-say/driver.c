// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct eth {
	struct phylink_config config;
	struct phylink_pcs pcs;
	struct phylink *phylink;
	unsigned long advertised;
	int configured, speed;
};

static void eth_get_state(struct phylink_pcs *pcs, struct phylink_link_state *state)
{
	struct eth *eth = container_of(pcs, struct eth, pcs);
	state->link = eth->configured > 0, state->an_complete = pcs->neg_mode == 2;
	state->lp_advertising[0] = eth->advertised & ~4ul;
	state->lp_advertising[1] = state->advertising[1] << 1;
	state->speed = eth->configured == 4 ? 2500 : 1000;
}

static int eth_pcs_config(struct phylink_pcs *pcs, int interface, const unsigned long *advertising)
{
	struct eth *eth = container_of(pcs, struct eth, pcs);
	int changed = eth->advertised != advertising[0];
	eth->advertised = advertising[0];
	eth->configured = interface;
	return changed;
}
static const struct phylink_pcs_ops eth_pcs_ops = {eth_get_state, eth_pcs_config};

static struct phylink_pcs *eth_select_pcs(struct phylink_config *config, int interface)
{
	struct eth *eth = container_of(config, struct eth, config);
	return interface == 1 ? NULL : interface == 2 ? error_pointer(-95) : &eth->pcs;
}

static void eth_mac_config(struct phylink_config *config, const struct phylink_link_state *state)
{
	report(state->advertising[0] * 100 + state->advertising[1] * 10 + state->interface);
}

static void eth_link_up(struct phylink_config *config, int interface, int speed, int rx_pause)
{
	container_of(config, struct eth, config)->speed = speed + rx_pause * 10 + interface;
}
static const struct phylink_mac_ops eth_mac_ops = {eth_select_pcs, eth_mac_config, eth_link_up};

static int eth_init(void)
{
	struct eth *eth = kzalloc(sizeof(*eth), 0);
	struct phylink *bad;
	eth->pcs.ops = &eth_pcs_ops;
	eth->config.mac_capabilities = 0x1f;
	eth->config.supported_interfaces[0] = 1 << 1 | 1 << 2 | 1 << 4;
	bad = phylink_create(&eth->config, 3, &eth_mac_ops);
	report(is_error(bad) ? (long)bad : 0);
	report((long)phylink_create(&eth->config, 2, &eth_mac_ops));
	eth->phylink = phylink_create(&eth->config, 4, &eth_mac_ops);
	report(phylink_start(eth->phylink));
	report(eth->speed * 100 + eth->pcs.neg_mode * 10 + eth->configured);
	eth->advertised = 0xe;
	phylink_pcs_change(&eth->pcs, 0);
	phylink_pcs_change(&eth->pcs, 1);
	report(eth->speed);
	return 0;
}

module_init(eth_init);
