// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define EXPANDER_LINES 72

struct expander {
	struct mutex lock;
	u8 out[EXPANDER_LINES / 8];
	u8 dir[EXPANDER_LINES / 8];
	struct gpio_chip chip;
	int irq_base;
	unsigned transfers;
};

static const char *const line_names[EXPANDER_LINES] = {
	[3] = "reset", [8] = "led-red", [65] = "led-green"};

static int expander_direction_output(struct gpio_chip *gc, unsigned offset, int value)
{
	struct expander *ex = container_of(gc, struct expander, chip);

	mutex_lock(&ex->lock);
	ex->dir[offset / 8] |= 1 << offset % 8;
	if (value)
		ex->out[offset / 8] |= 1 << offset % 8;
	else
		ex->out[offset / 8] &= ~(1 << offset % 8);
	ex->transfers++;
	mutex_unlock(&ex->lock);
	return 0;
}

static int expander_get(struct gpio_chip *gc, unsigned offset)
{
	struct expander *ex = gpiochip_get_data(gc);

	ex->transfers++;
	return ex->out[offset / 8] >> offset % 8 & 1;
}

static int expander_get_multiple(struct gpio_chip *gc, unsigned long *mask, unsigned long *bits)
{
	struct expander *ex = gpiochip_get_data(gc);

	for (unsigned i = 0; i < gc->ngpio; i++) {
		if (!test_bit(i, mask))
			continue;
		if (ex->out[i / 8] >> i % 8 & 1)
			set_bit(i, bits);
		else
			clear_bit(i, bits);
	}
	return 0;
}

static void expander_set_multiple(struct gpio_chip *gc, unsigned long *mask, unsigned long *bits)
{
	struct expander *ex = gpiochip_get_data(gc);

	mutex_lock(&ex->lock);
	for (unsigned bank = 0; bank < sizeof(ex->out); bank++) {
		u8 changed = mask[bank / 8] >> (bank % 8 * 8);
		u8 value = bits[bank / 8] >> (bank % 8 * 8);

		if (!changed)
			continue;
		ex->out[bank] = (ex->out[bank] & ~changed) | (value & changed);
		ex->transfers++;
	}
	mutex_unlock(&ex->lock);
	generic_handle_irq(ex->irq_base + 1);
}

static int expander_valid_mask(struct gpio_chip *gc, unsigned long *valid_mask, unsigned ngpios)
{
	clear_bit(5, valid_mask);
	clear_bit(ngpios - 1, valid_mask);
	return 0;
}

static int expander_to_irq(struct gpio_chip *gc, unsigned offset)
{
	struct expander *ex = gpiochip_get_data(gc);

	return offset < 32 ? ex->irq_base + offset : -6;
}

static int expander_probe(void)
{
	struct expander *ex = kzalloc(sizeof(*ex), 0);
	const char *label;
	int ret;

	if (!ex)
		return -12;
	ex->irq_base = 40;
	ex->chip.label = "expander";
	ex->chip.base = -1;
	ex->chip.ngpio = EXPANDER_LINES;
	ex->chip.names = line_names;
	ex->chip.direction_output = expander_direction_output;
	ex->chip.get = expander_get;
	ex->chip.get_multiple = expander_get_multiple;
	ex->chip.set_multiple = expander_set_multiple;
	ex->chip.init_valid_mask = expander_valid_mask;
	ex->chip.to_irq = expander_to_irq;
	ret = gpiochip_add_data(&ex->chip, ex);
	if (ret) {
		kfree(ex);
		return ret;
	}
	report(ex->chip.base);
	report(ex->out[0]);
	label = gpiochip_is_requested(&ex->chip, 3);
	report(label ? label[0] : 0);
	report(gpiochip_is_requested(&ex->chip, 4) == NULL);
	return 0;
}

module_init(expander_probe);
