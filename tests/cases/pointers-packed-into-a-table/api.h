// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

int keep(void *what, u32 key);
unsigned int keep_find(void **found, u32 from, unsigned int most);
