// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dog;

struct dog_info {
	u32 options;
	u32 version;
	u8 identity[32];
};

struct dog_ops {
	int (*start)(struct dog *d);
	int (*stop)(struct dog *d);
	int (*ping)(struct dog *d);
	int (*set_timeout)(struct dog *d, u32 seconds);
	u32 (*get_left)(struct dog *d);
};

struct dog {
	int id;
	const struct dog_info *info;
	const struct dog_ops *ops;
	u32 timeout, min_timeout, max_timeout, bootstatus;
	unsigned long status;
	void *drvdata;
};

#define DOG_ACTIVE 1ul
#define DOG_NO_WAY_OUT 2ul
#define DOG_RUNNING 8ul

int dog_register(struct dog *d);
int dog_init_timeout(struct dog *d, u32 wanted);
