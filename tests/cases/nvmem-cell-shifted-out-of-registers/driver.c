// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_eeprom {
	u8 data[16];
	u32 reads, written;
};

static int x_read(void *priv, u32 offset, void *value, size_t bytes)
{
	struct x_eeprom *e = priv;
	memcpy(value, e->data + offset, bytes);
	e->reads += bytes;
	return 0;
}

static int x_write(void *priv, u32 offset, void *value, size_t bytes)
{
	struct x_eeprom *e = priv;
	memcpy(e->data + offset, value, bytes);
	e->written += ((u8 *)value)[bytes - 1];
	return e->written;
}
static const struct kcell_info x_cells[] = {
	{"serial", 2, 3, 4, 12},
	{"speed", 7, 1, 2, 3},
};

static int x_init(void)
{
	struct x_eeprom *e = kzalloc(sizeof *e, 0);
	struct knvmem_config config = {e, 16, x_cells, 2, x_read, x_write};
	struct knvmem *nvmem;
	size_t length = 0;
	u8 *serial, *speed;
	for (int i = 0; i < 16; i++)
		e->data[i] = i * 37 + 5;
	nvmem = knvmem_register(&config);
	serial = kcell_read(nvmem, "serial", &length);
	report(length * 1000000 + serial[0] * 1000 + serial[1]);
	speed = kcell_read(nvmem, "speed", &length);
	report(length * 1000 + speed[0]);
	report(e->reads * 100 + (kcell_read(nvmem, "none", NULL) == NULL));
	kfree(serial);
	kfree(speed);
	return 0;
}

module_init(x_init);
