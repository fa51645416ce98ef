// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

int kreg(const char *name, int (*cb)(void));
