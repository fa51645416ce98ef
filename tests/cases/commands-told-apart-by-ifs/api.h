// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define NUMBER(code) ((code) & 0xff)

struct head {
	u32 version, size;
};

struct query_limits {
	struct head head;
	u32 most, least;
};

struct query_name {
	struct head head;
	char text[12];
};

struct store {
	long (*ioctl)(struct store *s, unsigned int code, void *data);
	u32 most;
};

int store_add(struct store *s);
long store_ioctl(struct store *s, unsigned int code, void *data);
