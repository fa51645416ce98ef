// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kcell_info {
	const char *name;
	u32 offset, bytes, bit_offset, nbits;
};

struct knvmem_config {
	void *priv;
	u32 size;
	const struct kcell_info *cells;
	u32 ncells;
	int (*reg_read)(void *priv, u32 offset, void *value, size_t bytes);
	int (*reg_write)(void *priv, u32 offset, void *value, size_t bytes);
};
struct knvmem;
struct knvmem *knvmem_register(const struct knvmem_config *config);
u8 *kcell_read(struct knvmem *nvmem, const char *name, size_t *length);
int strcmp(const char *a, const char *b);
