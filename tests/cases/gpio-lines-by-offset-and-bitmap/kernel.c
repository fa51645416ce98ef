// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct gpio_chip *chip;
static unsigned long valid[2];
static struct gpio_desc descs[72];

int gpiochip_add_data(struct gpio_chip *gc)
{
	kernel_only();
	chip = gc;
	gc->base = 512 - gc->ngpio;
	gc->valid_mask = valid;
	valid[0] = ~0UL << 4;
	valid[1] = (1UL << (gc->ngpio - 64)) - 1;
	for (u32 i = 0; i < gc->ngpio; i++)
		descs[i].gc = gc;
	return gc->label[0] + gc->get(gc, 3);
}

struct gpio_desc *gpiochip_request_own_desc(struct gpio_chip *gc, u32 offset, int active_low)
{
	kernel_only();
	descs[offset].flags = 1 | active_low << 2;
	return &descs[offset];
}

int gpiod_get_value(const struct gpio_desc *desc)
{
	kernel_only();
	return desc->gc->get(desc->gc, desc - descs) ^ (desc->flags >> 2 & 1);
}

void gpiod_set_value(struct gpio_desc *desc, int value)
{
	kernel_only();
	desc->gc->set(desc->gc, desc - descs, value ^ (desc->flags >> 2 & 1));
}

int later(void)
{
	unsigned long mask[2] = {~0UL, ~0UL}, bits[2] = {};
	int writes;
	kernel_only();
	gpiod_set_value(&descs[2], 1);
	gpiod_set_value(&descs[66], 1);
	gpiod_set_value(&descs[70], 1);
	valid[1] &= ~1UL;
	writes = chip->get_multiple(chip, mask, bits) * 100000;
	return writes + bits[1] * 1000 + bits[0] / 4 + gpiod_get_value(&descs[2]);
}
