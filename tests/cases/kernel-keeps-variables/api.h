// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

void ku32(const char *name, u32 *v);
u32 kget(int i);
int kfire(int (*cb)(void));
