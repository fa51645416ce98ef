// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct meter {
	u32 id, level;
};

struct meter *meter_get(u32 id);
void meter_watch(u32 *level);
