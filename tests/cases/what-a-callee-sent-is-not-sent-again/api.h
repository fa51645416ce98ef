// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct meter {
	u32 total;
	u32 limit;
};

struct lamp {
	u32 level;
};

void meter_register(struct meter *m);
void meter_changed(void);
u32 meter_limit(void);
void lamp_register(struct lamp *l);
void lamp_changed(void);
void lamp_dimmed(void);
