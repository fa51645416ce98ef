// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

const char *bus_name(int bus);
void bus_rename(int bus, const char *name);
void on_event(int (*event)(int bus));
