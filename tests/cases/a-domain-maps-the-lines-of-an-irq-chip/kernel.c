// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct irq_desc {
	struct irq_data data;
	int (*handler)(int irq, void *dev);
	void *dev;
} descs[16];

static unsigned next_irq = 8;

struct irq_domain *irq_domain_create_linear(
	unsigned size, const struct irq_domain_ops *ops, void *data)
{
	struct irq_domain *d = kzalloc(sizeof(*d) + size * sizeof(d->revmap[0]), 0);
	kernel_only();
	*d = (struct irq_domain){ops, data, 0, size};
	return d;
}

void irq_set_chip_and_data(unsigned virq, const struct irq_chip *chip, void *data)
{
	kernel_only();
	descs[virq].data.chip = chip;
	descs[virq].data.chip_data = data;
}

int irq_create_fwspec_mapping(struct irq_domain *d, struct irq_fwspec *spec)
{
	struct irq_data *data = &descs[next_irq].data;
	unsigned type = 0;
	int err;
	kernel_only();
	err = d->ops->xlate(d, spec->param, spec->param_count, &data->hwirq, &type);
	data->irq = next_irq;
	data->domain = d;
	if (!err)
		err = d->ops->map(d, data->irq, data->hwirq);
	if (err)
		return err;
	d->revmap[data->hwirq] = data;
	d->mapcount++;
	err = data->chip->irq_set_type(data, type);
	return err ? err : (int)next_irq++;
}

int request_irq(unsigned virq, int (*handler)(int irq, void *dev), void *dev)
{
	struct irq_data *data = &descs[virq].data;
	kernel_only();
	descs[virq] = (struct irq_desc){*data, handler, dev};
	if (data->chip)
		data->chip->irq_unmask(data);
	return 0;
}

int generic_handle_domain_irq(struct irq_domain *d, unsigned long hw)
{
	struct irq_data *data = d->revmap[hw];
	kernel_only();
	return data ? descs[data->irq].handler(data->irq, descs[data->irq].dev) : -22;
}

int later(void)
{
	int handled = descs[1].handler(1, descs[1].dev);
	descs[8].data.chip->irq_mask(&descs[8].data);
	report(descs[9].data.chip->name[1]);
	return handled * 10 + descs[1].handler(1, descs[1].dev);
}
