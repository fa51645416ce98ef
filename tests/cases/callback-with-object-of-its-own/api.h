// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

typedef int (*fn)(void *data, int v);
int kadd(fn f, void *data);
int kfire(int v);
