// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_gpio {
	u32 ready;
	struct gpio_chip gc;
	unsigned long state[2];
	u32 writes;
};

static int x_get(struct gpio_chip *gc, u32 offset)
{
	struct x_gpio *x = container_of(gc, struct x_gpio, gc);
	return x->state[offset / 64] >> offset % 64 & 1;
}

static void x_set(struct gpio_chip *gc, u32 offset, int value)
{
	struct x_gpio *x = container_of(gc, struct x_gpio, gc);
	unsigned long bit = 1UL << offset % 64;
	x->state[offset / 64] &= ~bit;
	x->state[offset / 64] |= value ? bit : 0;
	x->writes++;
}

static int x_get_multiple(struct gpio_chip *gc, unsigned long *mask, unsigned long *bits)
{
	struct x_gpio *x = container_of(gc, struct x_gpio, gc);
	for (int i = 0; i < 2; i++)
		bits[i] = x->state[i] & mask[i] & gc->valid_mask[i];
	return x->writes;
}

static int x_init(void)
{
	struct x_gpio *x = kzalloc(sizeof *x, 0);
	struct gpio_desc *led;
	x->gc = (struct gpio_chip){"x", x_get, x_set, x_get_multiple, -1, 72, NULL};
	report(gpiochip_add_data(&x->gc));
	led = gpiochip_request_own_desc(&x->gc, 70, 1);
	gpiod_set_value(led, 0);
	report(gpiod_get_value(led) * 1000 + (x->state[1] >> 2) * 10 + led->flags + x->gc.base);
	return 0;
}
module_init(x_init);
