// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

u8 *page_take(void);
void page_commit(u8 *end);
int page_sum(void);
