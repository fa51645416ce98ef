// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

typedef void (*event_fn)(void *data, u32 event);

int kregister(event_fn fn, void *data);
void kunregister(event_fn fn, void *data);
int kfire(u32 event);
