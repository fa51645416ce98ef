// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define __user __attribute__((btf_type_tag("user")))

struct dev;

struct request {
	u32 command;
	char __user *data;
};

struct ops {
	long (*read)(struct dev *d, char __user *to, size_t n);
	long (*write)(struct dev *d, const char __user *from, size_t n);
	long (*control)(struct dev *d, struct request *r);
};

struct dev {
	const struct ops *ops;
	u32 sum;
};

int kregister(struct dev *d);
unsigned long _copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n);
