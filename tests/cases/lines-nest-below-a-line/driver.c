// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define LINES 6

struct x_regs {
	u8 dir, out, in, enable, status, edge;
};

struct x_gpio {
	struct x_regs regs, shadow;
	struct kgpio_chip chip;
	struct kdomain *domain;
	struct mutex lock;
	u32 parent, syncs, debounce[LINES];
};

static const char *const names[LINES] = {"reset", "led", NULL, "card-detect", NULL, "wake"};

static int get_direction(struct kgpio_chip *c, u32 offset)
{
	struct x_gpio *x = container_of(c, struct x_gpio, chip);

	return !(x->regs.dir >> offset & 1);
}

static void set(struct kgpio_chip *c, u32 offset, int value)
{
	struct x_gpio *x = kgpiochip_data(c);

	if (value)
		x->regs.out |= 1 << offset;
	else
		x->regs.out &= ~(1 << offset);
}

static int direction_output(struct kgpio_chip *c, u32 offset, int value)
{
	struct x_gpio *x = container_of(c, struct x_gpio, chip);

	if (offset == 5)
		return -524;
	set(c, offset, value);
	x->regs.dir |= 1 << offset;
	return 0;
}

static int get(struct kgpio_chip *c, u32 offset)
{
	struct x_gpio *x = kgpiochip_data(c);
	u8 bits = (x->regs.out & x->regs.dir) | (x->regs.in & ~x->regs.dir);

	return bits >> offset & 1;
}

static int get_multiple(struct kgpio_chip *c, unsigned long *mask, unsigned long *bits)
{
	for (u32 i = 0; i < c->ngpio; i++)
		if (*mask >> i & 1)
			*bits = (*bits & ~(1ul << i)) | (unsigned long)get(c, i) << i;
	return 0;
}

static int set_config(struct kgpio_chip *c, u32 offset, unsigned long config)
{
	struct x_gpio *x = kgpiochip_data(c);

	if ((config & 0xff) != 7)
		return -524;
	x->debounce[offset] = config >> 8;
	return x->debounce[offset] > 5000 ? -22 : 0;
}

static int to_irq(struct kgpio_chip *c, u32 offset)
{
	struct x_gpio *x = kgpiochip_data(c);

	return kmapping(x->domain, offset);
}

static int init_valid_mask(struct kgpio_chip *c, unsigned long *valid, u32 ngpios)
{
	*valid = ((1ul << ngpios) - 1) & ~(1ul << 2);
	return 0;
}

static void irq_mask(struct kirq_data *d)
{
	struct x_gpio *x = d->chip_data;

	x->shadow.enable &= ~(1 << d->hwirq);
}

static void irq_unmask(struct kirq_data *d)
{
	struct x_gpio *x = d->chip_data;

	x->shadow.enable |= d->mask;
}

static void irq_ack(struct kirq_data *d)
{
	struct x_gpio *x = d->chip_data;

	x->regs.status &= ~d->mask;
}

static int irq_set_type(struct kirq_data *d, u32 type)
{
	struct x_gpio *x = d->chip_data;

	if (type > 4)
		return -22;
	x->shadow.edge &= ~(1 << d->hwirq);
	x->shadow.edge |= (type < 3) << d->hwirq;
	return kset_chip(d->irq, d->chip, x, type < 3 ? khandle_edge : khandle_level);
}

static void irq_bus_lock(struct kirq_data *d)
{
	struct x_gpio *x = d->chip_data;

	mutex_lock(&x->lock);
}

static void irq_bus_sync(struct kirq_data *d)
{
	struct x_gpio *x = d->chip_data;

	x->regs.enable = x->shadow.enable;
	x->regs.edge = x->shadow.edge;
	x->syncs++;
	mutex_unlock(&x->lock);
}

static const struct kirq_chip irq_chip = {"x-irq", irq_mask, irq_unmask, irq_ack, irq_set_type,
	irq_bus_lock, irq_bus_sync, 6};

static int map(struct kdomain *d, u32 virq, unsigned long hw)
{
	struct x_gpio *x = d->host_data;
	int err;

	if (hw == 2)
		return -1;
	err = kset_chip(virq, &irq_chip, x, khandle_level);
	kirq_data(virq)->mask = 1 << hw;
	return err;
}

static void unmap(struct kdomain *d, u32 virq)
{
	report(kirq_data(virq)->hwirq * 10 + kirq_data(virq)->mask);
	kset_chip(virq, NULL, NULL, NULL);
}

static int xlate(struct kdomain *d, const u32 *spec, u32 n, unsigned long *hw, u32 *type)
{
	if (n != 2)
		return -22;
	*hw = spec[0];
	*type = spec[1] & 0xf;
	return spec[0] < d->size ? 0 : -22;
}

static const struct kdomain_ops domain_ops = {map, unmap, xlate};

static void demux(struct kirq_desc *desc)
{
	struct x_gpio *x = desc->handler_data;
	const struct kirq_chip *parent = desc->data.chip;
	u8 pending = x->regs.status & x->regs.enable;

	parent->ack(&desc->data);
	for (u32 i = 0; i < LINES; i++)
		if (pending >> i & 1)
			report(khandle_domain(x->domain, i) * 10 + i);
	parent->unmask(&desc->data);
	report(x->regs.status);
}

static void poke(void *data)
{
	struct x_gpio *x = data;

	report(x->syncs * 1000 + x->regs.enable * 10 + x->regs.edge);
	kset_chained(x->parent, NULL, NULL);
	kdomain_remove(x->domain);
	kgpiochip_remove(&x->chip);
	kfree(x);
}

static int x_init(void)
{
	struct x_gpio *x = kzalloc(sizeof(*x), 0);
	int err;

	x->chip = (struct kgpio_chip){.label = "x-gpio", .base = -1, .ngpio = LINES, .names = names,
		.get_direction = get_direction, .direction_output = direction_output, .get = get,
		.get_multiple = get_multiple, .set = set, .set_config = set_config, .to_irq = to_irq,
		.init_valid_mask = init_valid_mask};
	x->regs.in = 0x2a;
	x->regs.status = 0x3f;
	err = kgpiochip_add(&x->chip, x);
	if (err) {
		kfree(x);
		return err;
	}
	report(x->chip.base);
	x->domain = kdomain_add(LINES, &domain_ops, x);
	x->domain->name = x->chip.label;
	x->parent = 1;
	report(kset_chained(x->parent, demux, x));
	return kdriver_exit(poke, x);
}

module_init(x_init);
