// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct gpio_chip *controller;
static struct irq_data descs[8];
static u32 handled;
static unsigned long masks;

int kgpiochip_add(struct gpio_chip *gc, void *data)
{
	kernel_only();
	gc->data = data;
	gc->base = 512 - gc->ngpio;
	gc->irq.first = 60;
	masks = 0xff;
	gc->irq.valid_mask = &masks;
	if (gc->irq.init_valid_mask)
		gc->irq.init_valid_mask(gc, gc->irq.valid_mask, gc->ngpio);
	for (u32 i = 0; i < gc->ngpio; i++) {
		descs[i].irq = gc->irq.first + i;
		descs[i].hwirq = i;
		descs[i].chip = gc->irq.chip;
		descs[i].chip_data = gc;
		descs[i].depth = 1;
	}
	controller = gc;
	return 0;
}

void *kgpiochip_data(struct gpio_chip *gc)
{
	kernel_only();
	return gc->data;
}

struct gpio_chip *kirq_gpiochip(struct irq_data *d)
{
	kernel_only();
	return d->chip_data;
}

int kgeneric_handle(struct gpio_chip *gc, u32 hwirq)
{
	struct irq_data *d = &descs[hwirq];

	kernel_only();
	if (d->depth)
		return -22;
	d->chip->irq_ack(d);
	handled |= 1u << hwirq;
	if (hwirq == 2) {
		d->depth++;
		d->chip->irq_mask(d);
	}
	return d->irq;
}

static int request(u32 i, u32 type)
{
	struct irq_data *d = &descs[i];
	int err;

	if (!(masks & 1ul << i))
		return -19;
	err = d->chip->irq_set_type(d, type);
	if (err)
		return err;
	d->depth = 0;
	d->chip->irq_unmask(d);
	return d->type;
}

int later(void)
{
	struct gpio_chip *gc = controller;

	for (u32 i = 0; i < 8; i++)
		report(request(i, i));
	descs[5].depth = 1;
	gc->irq.parent_handler(gc->irq.parent_handler_data, gc->irq.parent);
	gc->irq.parent_handler(gc->irq.parent_handler_data, gc->irq.parent);
	report(handled);
	report(gc->direction_output(gc, 7, 1));
	report(gc->direction_output(gc, 1, 1));
	gc->set(gc, 4, 1);
	gc->set(gc, 1, 0);
	for (int i = 0; i < 8; i++)
		report(gc->get(gc, i));
	return gc->irq.chip->name[2] + gc->irq.chip->flags;
}
