// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct debug_blob {
	void *data;
	unsigned long size;
};

struct debug_reg {
	const char *name;
	unsigned long offset;
};

struct debug_regset {
	const struct debug_reg *regs;
	int nregs;
	u8 *base;
};

struct dentry;

struct dentry *debug_dir(const char *name);
void debug_u8(const char *name, struct dentry *dir, u8 *value);
void debug_u32(const char *name, struct dentry *dir, u32 *value);
void debug_bool(const char *name, struct dentry *dir, _Bool *value);
struct dentry *debug_blob(const char *name, struct dentry *dir, struct debug_blob *blob);
void debug_regset(const char *name, struct dentry *dir, struct debug_regset *set);
void call_tick(int (*tick)(void *data), void *data);
