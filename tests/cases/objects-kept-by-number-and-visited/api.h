// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

int id_alloc(void *p, int start);
void *id_find(int id);
void *id_remove(int id);
int id_for_each(int (*fn)(int id, void *p, void *data), void *data);
