// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct env {
	char *envp[8];
	int n;
	char buf[128];
	int len;
};

struct dev {
	const char *name;
	void *drvdata;
	u32 minor;
};

struct class
{
	const char *name;
	char *(*devnode)(struct dev *d, u16 *mode);
	int (*uevent)(struct dev *d, struct env *e);
};

int class_register(struct class *c);
int add_var(struct env *e, const char *text);
struct dev *dev_new(struct class *c, void *drvdata, u32 minor, const char *name);
