// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

int make_queue(const char *format, u32 flags, int most, ...);
