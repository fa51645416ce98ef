// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct bank_driver *driver;
static struct bank banks[2];

static void *parsed(const u8 *blob, u32 size)
{
	u8 *to = kmalloc(size, 0);

	memcpy(to, blob, size);
	to[0] += 3;
	return to;
}

int bank_driver_register(const struct bank_driver *d)
{
	static const u8 blob[8] = {2, 0, 7, 0, 1};

	kernel_only();
	driver = d;
	for (int i = 0; i < 2; i++) {
		banks[i].id = i + 1;
		banks[i].settings = parsed(blob, sizeof(blob));
		report(d->attach(&banks[i]));
	}
	return 0;
}

int later(void)
{
	report(driver->attach(&banks[1]));
	return ((u8 *)banks[1].settings)[4];
}
