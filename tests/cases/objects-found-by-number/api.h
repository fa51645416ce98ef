// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

int idr_put(void *p);
void *idr_find(int id);
void idr_each(int (*fn)(int id, void *p, void *data), void *data);
void *idr_del(int id);
