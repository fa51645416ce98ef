// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kphy {
	int (*power_on)(struct kphy *phy);
	void *drvdata;
	int power_count;
	u32 bus_width;
};

struct kphandle_args {
	int count;
	u32 args[3];
};

#define KERR(e) ((void *)(long)(e))
#define KIS_ERR(p) ((unsigned long)(p) >= (unsigned long)-4095)
typedef struct kphy *(*kxlate_t)(void *provider, const struct kphandle_args *args);
struct kphy *kphy_create(int (*power_on)(struct kphy *phy), void *drvdata);
void kphy_provider_register(void *provider, kxlate_t xlate);
int kphy_use(u32 index, u32 mode, int count);
