// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct knvmem {
	struct knvmem_config config;
	u32 users;
};
static struct knvmem *last;

struct knvmem *knvmem_register(const struct knvmem_config *config)
{
	struct knvmem *nvmem = kzalloc(sizeof *nvmem, 0);
	kernel_only();
	nvmem->config = *config;
	return last = nvmem;
}

u8 *kcell_read(struct knvmem *nvmem, const char *name, size_t *length)
{
	kernel_only();
	for (u32 i = 0; i < nvmem->config.ncells; i++) {
		const struct kcell_info *cell = &nvmem->config.cells[i];
		u8 *value;
		if (strcmp(cell->name, name))
			continue;
		value = kzalloc(cell->bytes + 1, 0);
		nvmem->config.reg_read(nvmem->config.priv, cell->offset, value, cell->bytes);
		*length = (cell->nbits + 7) / 8;
		for (u32 j = 0; j < *length; j++)
			value[j] = value[j] >> cell->bit_offset | value[j + 1]
									  << (8 - cell->bit_offset);
		value[*length - 1] &= 0xff >> (*length * 8 - cell->nbits);
		return value;
	}
	return NULL;
}

int later(void)
{
	u8 patch[2] = {0x5a, 0xc3}, *serial;
	size_t length;
	int status = last->config.reg_write(last->config.priv, 2, patch, sizeof patch);
	kernel_only();
	serial = kcell_read(last, "serial", &length);
	return status * 100000 + serial[0] * 100 + serial[1];
}
