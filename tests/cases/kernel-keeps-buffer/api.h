// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

void kbuf(u8 *buf, size_t n, int (*cb)(void));
