// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

long ksum(const char *what, ...);
