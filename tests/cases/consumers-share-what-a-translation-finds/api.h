// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct phy;

struct phy_args {
	u32 count, args[4];
};

struct phy_dp {
	u32 rate, lanes;
	u8 voltage[4];
	u8 set_rate : 1, set_lanes : 1;
};

struct phy_mipi {
	unsigned long clk;
	u32 lanes;
};

union phy_opts {
	struct phy_mipi mipi;
	struct phy_dp dp;
};

struct phy_ops {
	int (*init)(struct phy *phy);
	int (*power_on)(struct phy *phy);
	int (*power_off)(struct phy *phy);
	int (*set_mode)(struct phy *phy, int mode, int submode);
	int (*configure)(struct phy *phy, union phy_opts *opts);
};

struct phy {
	int id, mode, power_count, init_count, bus_width;
	const struct phy_ops *ops;
	void *data;
};

struct phy *kphy_create(const struct phy_ops *ops);
int kphy_provider(void *data, struct phy *(*xlate)(void *data, struct phy_args *args));
