// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct nvmem_cell_info {
	const char *name;
	u32 offset, bytes, bit_offset, nbits;
	int (*post)(void *priv, const char *id, u32 offset, void *buf, size_t bytes);
};

struct nvmem_config {
	const char *name;
	void *priv;
	const struct nvmem_cell_info *cells;
	int ncells, size, word_size, stride;
	_Bool read_only;
	int (*reg_read)(void *priv, u32 offset, void *val, size_t bytes);
	int (*reg_write)(void *priv, u32 offset, void *val, size_t bytes);
};

struct nvmem;

struct nvmem *knvmem_register(const struct nvmem_config *config);
int knvmem_read_cell(struct nvmem *nvmem, const char *name, void **buf, size_t *len);
int knvmem_device_write(struct nvmem *nvmem, u32 offset, size_t bytes, void *buf);
