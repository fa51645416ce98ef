// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct eeprom {
	struct nvmem *nvmem;
	u32 reads, writes, page;
	u8 content[48];
};

static int prom_read(void *priv, u32 offset, void *val, size_t bytes)
{
	struct eeprom *e = priv;
	u8 *to = val;

	e->reads++;
	while (bytes--)
		*to++ = e->content[offset++];
	return 0;
}

static int prom_write(void *priv, u32 offset, void *val, size_t bytes)
{
	struct eeprom *e = priv;
	const u8 *from = val;

	while (bytes) {
		size_t now = e->page - offset % e->page;

		if (now > bytes)
			now = bytes;
		if (offset + now > sizeof(e->content))
			return -7;
		memcpy(e->content + offset, from, now);
		offset += now;
		from += now;
		bytes -= now;
		e->writes++;
	}
	return 0;
}

static int mac_post(void *priv, const char *id, u32 offset, void *buf, size_t bytes)
{
	struct eeprom *e = priv;
	u8 *mac = buf;

	for (size_t i = 0; i < bytes / 2; i++) {
		u8 other = mac[bytes - 1 - i];

		mac[bytes - 1 - i] = mac[i];
		mac[i] = other;
	}
	mac[bytes - 1] += id[0] == 'm' ? e->reads : 0;
	return 0;
}

static const struct nvmem_cell_info cells[] = {
	{"mac", 4, 6, 0, 0, mac_post},
	{"trim", 12, 2, 3, 7},
	{"serial", 16, 8},
};

static int x_init(void)
{
	struct eeprom *e = kzalloc(sizeof(*e), 0);
	struct nvmem_config config = {"x-prom", e, cells, 3, sizeof(e->content), 1, 1};
	u8 patch[10], *buf;
	size_t len;
	int err;

	e->page = 8;
	for (u32 i = 0; i < sizeof(e->content); i++)
		e->content[i] = 7 * i;
	config.reg_read = prom_read;
	config.reg_write = prom_write;
	e->nvmem = knvmem_register(&config);
	for (int i = 0; i < 10; i++)
		patch[i] = 200 + i;
	report(knvmem_device_write(e->nvmem, 13, 10, patch));
	report(knvmem_device_write(e->nvmem, 42, 10, patch));
	report(e->content[15] * 1000 + e->content[42]);
	err = knvmem_read_cell(e->nvmem, "serial", (void **)&buf, &len);
	if (err)
		return err;
	for (size_t i = 0; i < len; i++)
		report(buf[i]);
	kfree(buf);
	report(knvmem_read_cell(e->nvmem, "nothing", (void **)&buf, &len));
	report(e->reads * 100 + e->writes);
	return 0;
}

module_init(x_init);
