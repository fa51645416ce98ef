// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct kgpio_device {
	struct kgpio_chip *chip;
	void *data;
	unsigned long valid;
};

static struct kirq_desc descs[12];
static struct kgpio_device gpio;
static struct kdomain *domain;
static u32 next_virq = 4, parent_acks, parent_unmasks;
static void (*driver_exit)(void *data);
static void *exit_data;

static void parent_ack(struct kirq_data *d)
{
	parent_acks += d->irq;
}

static void parent_unmask(struct kirq_data *d)
{
	parent_unmasks += d->irq;
}

static const struct kirq_chip parent_chip = {.name = "gic", .unmask = parent_unmask,
	.ack = parent_ack};

int kgpiochip_add(struct kgpio_chip *c, void *data)
{
	kernel_only();
	gpio.chip = c;
	gpio.data = data;
	c->gpiodev = &gpio;
	if (c->base < 0)
		c->base = 512 - c->ngpio;
	for (int i = 0; i < c->ngpio; i++)
		report(c->names[i] ? c->names[i][0] : 0);
	return c->init_valid_mask(c, &gpio.valid, c->ngpio);
}

void kgpiochip_remove(struct kgpio_chip *c)
{
	kernel_only();
	c->gpiodev->chip = NULL;
}

void *kgpiochip_data(struct kgpio_chip *c)
{
	return c->gpiodev->data;
}

struct kdomain *kdomain_add(u32 size, const struct kdomain_ops *ops, void *host_data)
{
	kernel_only();
	domain = kzalloc(sizeof(*domain), 0);
	domain->size = size;
	domain->ops = ops;
	domain->host_data = host_data;
	return domain;
}

void kdomain_remove(struct kdomain *d)
{
	kernel_only();
	report(d->name[2]);
	for (u32 i = 0; i < d->size; i++)
		if (d->map[i])
			d->ops->unmap(d, d->map[i]);
	kfree(d);
}

u32 kmapping(struct kdomain *d, unsigned long hw)
{
	u32 virq = d->map[hw];

	kernel_only();
	if (virq)
		return virq;
	virq = next_virq++;
	descs[virq].data.irq = virq;
	descs[virq].data.hwirq = hw;
	descs[virq].data.domain = d;
	if (d->ops->map(d, virq, hw) < 0)
		return 0;
	d->map[hw] = virq;
	return virq;
}

int kset_chip(u32 virq, const struct kirq_chip *chip, void *chip_data, kflow_t handle)
{
	kernel_only();
	descs[virq].data.chip = chip;
	descs[virq].data.chip_data = chip_data;
	descs[virq].handle = handle;
	return 0;
}

int kset_chained(u32 virq, kflow_t handle, void *data)
{
	kernel_only();
	descs[virq].data.irq = virq;
	descs[virq].data.chip = handle ? &parent_chip : NULL;
	descs[virq].handle = handle;
	descs[virq].handler_data = data;
	return virq;
}

struct kirq_data *kirq_data(u32 virq)
{
	kernel_only();
	return &descs[virq].data;
}

int khandle_domain(struct kdomain *d, unsigned long hw)
{
	struct kirq_desc *desc = &descs[d->map[hw]];

	kernel_only();
	if (!d->map[hw])
		return -22;
	desc->handle(desc);
	return desc->count;
}

void khandle_edge(struct kirq_desc *desc)
{
	kernel_only();
	desc->data.chip->ack(&desc->data);
	desc->count++;
	report(desc->action(desc->data.irq, desc->action_data));
}

void khandle_level(struct kirq_desc *desc)
{
	kernel_only();
	desc->data.chip->mask(&desc->data);
	desc->count += 2;
	if (desc->action)
		report(desc->action(desc->data.irq, desc->action_data));
	desc->data.chip->ack(&desc->data);
	desc->data.chip->unmask(&desc->data);
}

int kdriver_exit(void (*exit)(void *data), void *data)
{
	kernel_only();
	driver_exit = exit;
	exit_data = data;
	return 0;
}

static int action(int irq, void *dev)
{
	return irq * 100 + (*(u32 *)dev)++;
}

static void request(u32 offset, u32 type, u32 *dev)
{
	u32 spec[2] = {offset, type | 0xf0}, virq, got = 0;
	unsigned long hw = 0;
	int err = domain->ops->xlate(domain, spec, 2, &hw, &got);
	struct kirq_desc *d;

	report(err);
	if (err)
		return;
	virq = gpio.chip->to_irq(gpio.chip, hw);
	report(virq * 10 + got);
	if (!virq)
		return;
	d = &descs[virq];
	d->action = action;
	d->action_data = dev;
	d->data.chip->bus_lock(&d->data);
	report(d->data.chip->set_type(&d->data, got));
	d->data.chip->unmask(&d->data);
	d->data.chip->bus_sync(&d->data);
}

int later(void)
{
	struct kgpio_chip *c = gpio.chip;
	unsigned long mask = 0x3b, bits = 0xff00;
	u32 counts[3] = {5, 50, 70};

	report(gpio.valid);
	for (u32 i = 0; i < c->ngpio; i++) {
		if (i % 2 == 0 || i == 5)
			report(c->direction_output(c, i, i < 3));
		report(c->get_direction(c, i) * 10 + c->get(c, i));
	}
	c->set(c, 4, 1);
	report(c->get_multiple(c, &mask, &bits));
	report(bits);
	report(c->set_config(c, 3, 250 << 8 | 7));
	report(c->set_config(c, 1, 9000 << 8 | 7));
	report(c->set_config(c, 1, 8));
	request(3, 1, &counts[0]);
	request(5, 4, &counts[1]);
	request(2, 1, &counts[2]);
	request(0, 8, &counts[2]);
	request(9, 1, &counts[2]);
	for (int i = 0; i < 2; i++)
		descs[1].handle(&descs[1]);
	report(counts[0] * 10000 + counts[1] * 100 + counts[2]);
	driver_exit(exit_data);
	return parent_acks * 10 + parent_unmasks + !!gpio.chip;
}
