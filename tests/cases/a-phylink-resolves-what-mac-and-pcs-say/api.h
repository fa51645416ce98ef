// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

static inline void *error_pointer(long error)
{
	return (void *)error;
}

static inline int is_error(const void *p)
{
	return (unsigned long)p >= -4095ul;
}

struct phylink_link_state {
	unsigned long advertising[2], lp_advertising[2];
	int interface, speed;
	unsigned link : 1, an_complete : 1;
};

struct phylink_pcs {
	const struct phylink_pcs_ops *ops;
	struct phylink *phylink;
	int neg_mode;
};

struct phylink_pcs_ops {
	void (*pcs_get_state)(struct phylink_pcs *pcs, struct phylink_link_state *state);
	int (*pcs_config)(struct phylink_pcs *pcs, int interface, const unsigned long *advertising);
};

struct phylink_config {
	unsigned long mac_capabilities;
	unsigned long supported_interfaces[1];
};

struct phylink_mac_ops {
	struct phylink_pcs *(*mac_select_pcs)(struct phylink_config *config, int interface);
	void (*mac_config)(struct phylink_config *config, const struct phylink_link_state *state);
	void (*mac_link_up)(struct phylink_config *config, int interface, int speed, int rx_pause);
};
struct phylink *phylink_create(
	struct phylink_config *config, int interface, const struct phylink_mac_ops *ops);
int phylink_start(struct phylink *pl);
void phylink_pcs_change(struct phylink_pcs *pcs, int up);
