// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

int kadd(int number, const char *name);
void kdrop(int number, const char *name);
int kcount(void);
