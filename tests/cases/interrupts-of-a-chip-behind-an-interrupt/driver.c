// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct bank {
	struct gpio_chip gc;
	spinlock_t lock;
	u32 pending, mask, edge, level, out, acks;
};

static int get(struct gpio_chip *gc, u32 offset)
{
	struct bank *bank = kgpiochip_data(gc);

	return !!((bank->level | bank->out) & 1u << offset);
}

static void set(struct gpio_chip *gc, u32 offset, int value)
{
	struct bank *bank = kgpiochip_data(gc);
	unsigned long flags = _raw_spin_lock_irqsave(&bank->lock);

	if (value)
		bank->out |= 1u << offset;
	else
		bank->out &= ~(1u << offset);
	_raw_spin_unlock_irqrestore(&bank->lock, flags);
}

static int output(struct gpio_chip *gc, u32 offset, int value)
{
	if (offset == gc->ngpio - 1u)
		return -1;
	set(gc, offset, value);
	return 0;
}

static void mask(struct irq_data *d)
{
	struct bank *bank = container_of(kirq_gpiochip(d), struct bank, gc);

	bank->mask |= 1u << d->hwirq;
}

static void unmask(struct irq_data *d)
{
	struct bank *bank = container_of(kirq_gpiochip(d), struct bank, gc);

	bank->mask &= ~(1u << d->hwirq);
}

static void ack(struct irq_data *d)
{
	struct bank *bank = container_of(kirq_gpiochip(d), struct bank, gc);

	bank->pending &= ~(1u << d->hwirq);
	bank->acks++;
}

static int set_type(struct irq_data *d, u32 type)
{
	struct gpio_chip *gc = kirq_gpiochip(d);
	struct bank *bank = container_of(gc, struct bank, gc);

	if (type == 8)
		return -22;
	if (type & 3)
		bank->edge |= 1u << d->hwirq;
	else
		bank->edge &= ~(1u << d->hwirq);
	report(bank->edge);
	d->type = type;
	return 0;
}

static void dispatch(void *data, u32 irq)
{
	struct gpio_chip *gc = data;
	struct bank *bank = kgpiochip_data(gc);
	u32 status = bank->pending & ~bank->mask;

	for (u32 i = 0; i < gc->ngpio; i++)
		if (status & 1u << i)
			report(kgeneric_handle(gc, i));
	report(bank->pending + irq);
}

static void valid(struct gpio_chip *gc, unsigned long *mask, u32 n)
{
	for (u32 i = 0; i < n; i += 3)
		*mask &= ~(1ul << i);
}

static struct irq_chip chip = {"x-gpio", mask, unmask, ack, set_type, 4};

static int x_init(void)
{
	struct bank *bank = kzalloc(sizeof(*bank), 0);
	int err;

	bank->gc.label = "bank0";
	bank->gc.base = -1;
	bank->gc.ngpio = 8;
	bank->gc.get = get;
	bank->gc.set = set;
	bank->gc.direction_output = output;
	bank->gc.irq.chip = &chip;
	bank->gc.irq.parent_handler = dispatch;
	bank->gc.irq.parent_handler_data = &bank->gc;
	bank->gc.irq.parent = 33;
	bank->gc.irq.init_valid_mask = valid;
	bank->mask = 0xff;
	bank->pending = 0xb6;
	bank->level = 0x28;
	err = kgpiochip_add(&bank->gc, bank);
	report(bank->gc.base);
	report(bank->gc.irq.first);
	report(*bank->gc.irq.valid_mask);
	return err;
}

module_init(x_init);
