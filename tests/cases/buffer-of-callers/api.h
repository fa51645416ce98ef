// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct source {
	long (*fill)(char *buf);
};

int source_add(const struct source *s);
