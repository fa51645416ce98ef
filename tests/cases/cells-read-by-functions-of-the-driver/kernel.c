// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct cell {
	struct cell *next;
	struct nvmem_cell_info info;
};

struct nvmem {
	void *priv;
	int size;
	int (*reg_read)(void *priv, u32 offset, void *val, size_t bytes);
	int (*reg_write)(void *priv, u32 offset, void *val, size_t bytes);
	struct cell *cells;
};

static struct nvmem *device;

struct nvmem *knvmem_register(const struct nvmem_config *config)
{
	struct nvmem *n = kzalloc(sizeof(*n), 0);

	kernel_only();
	n->priv = config->priv;
	n->size = config->size;
	n->reg_read = config->reg_read;
	n->reg_write = config->reg_write;
	for (int i = 0; i < config->ncells; i++) {
		struct cell *cell = kzalloc(sizeof(*cell), 0);

		cell->info = config->cells[i];
		cell->next = n->cells;
		n->cells = cell;
	}
	device = n;
	return n;
}

static int same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

int knvmem_read_cell(struct nvmem *nvmem, const char *name, void **buf, size_t *len)
{
	kernel_only();
	for (struct cell *c = nvmem->cells; c; c = c->next) {
		u8 *data;
		int err;

		if (!same(c->info.name, name))
			continue;
		data = kzalloc(c->info.bytes, 0);
		err = nvmem->reg_read(nvmem->priv, c->info.offset, data, c->info.bytes);
		if (!err && c->info.nbits) {
			u32 value = data[0] | data[1] << 8;

			value = value >> c->info.bit_offset & ((1u << c->info.nbits) - 1);
			data[0] = value;
			data[1] = value >> 8;
		}
		if (!err && c->info.post)
			err = c->info.post(nvmem->priv, name, c->info.offset, data, c->info.bytes);
		if (err) {
			kfree(data);
			return err;
		}
		*buf = data;
		*len = c->info.bytes;
		return 0;
	}
	return -2;
}

int knvmem_device_write(struct nvmem *nvmem, u32 offset, size_t bytes, void *buf)
{
	kernel_only();
	return nvmem->reg_write(nvmem->priv, offset, buf, bytes);
}

static int show(const char *name)
{
	void *buf;
	size_t len;
	int err = knvmem_read_cell(device, name, &buf, &len);

	if (err)
		return err;
	for (size_t i = 0; i < len; i++)
		report(((u8 *)buf)[i]);
	kfree(buf);
	return len;
}

int later(void)
{
	u8 all[48], more[3] = {1, 2, 3};
	long sum = 0;

	report(show("mac"));
	report(show("trim"));
	report(device->reg_write(device->priv, 5, more, 3));
	report(show("mac"));
	report(device->reg_read(device->priv, 0, all, device->size));
	for (int i = 0; i < 48; i++)
		sum = (sum * 3 + all[i]) % 1000003;
	return sum;
}
