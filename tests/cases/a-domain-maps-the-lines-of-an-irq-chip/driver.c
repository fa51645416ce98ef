// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct gpio {
	u32 mask, edge, pending;
	struct irq_domain *domain;
};

static struct button {
	int presses;
} buttons[2];

static void gpio_mask(struct irq_data *d)
{
	((struct gpio *)d->chip_data)->mask |= 1u << d->hwirq;
}

static void gpio_unmask(struct irq_data *d)
{
	((struct gpio *)d->chip_data)->mask &= ~(1u << d->hwirq);
}

static int gpio_set_type(struct irq_data *d, unsigned type)
{
	((struct gpio *)d->domain->host_data)->edge |= type << (2 * d->hwirq);
	return type > 2 ? -22 : 0;
}
static const struct irq_chip gpio_chip = {"gpio", gpio_mask, gpio_unmask, gpio_set_type};

static int gpio_map(struct irq_domain *d, unsigned virq, unsigned long hw)
{
	irq_set_chip_and_data(virq, &gpio_chip, d->host_data);
	return hw == 7 ? -6 : 0;
}

static int gpio_xlate(
	struct irq_domain *d, const u32 *spec, unsigned size, unsigned long *hw, unsigned *type)
{
	if (size != 2 || spec[0] >= d->revmap_size)
		return -22;
	*hw = spec[0];
	*type = spec[1];
	return 0;
}
static const struct irq_domain_ops gpio_domain_ops = {gpio_map, gpio_xlate};

static int gpio_irq(int irq, void *dev)
{
	struct gpio *g = dev;
	int handled = 0;
	for (unsigned i = 0; i < g->domain->revmap_size; i++)
		if (g->pending & ~g->mask & (1u << i))
			handled += generic_handle_domain_irq(g->domain, i);
	return handled;
}

static int button_irq(int irq, void *dev)
{
	report(++((struct button *)dev)->presses * 100 + irq);
	return 1;
}

static int gpio_init(void)
{
	struct gpio *g = kzalloc(sizeof(*g), 0);
	struct irq_fwspec spec[] = {{2, {3, 1}}, {2, {5, 2}}, {2, {7, 1}}, {3, {4, 1, 6}}};
	*g = (struct gpio){.mask = 0xff, .pending = 1 << 3 | 1 << 5 | 1 << 6};
	g->domain = irq_domain_create_linear(8, &gpio_domain_ops, g);
	for (int i = 0; i < 2; i++)
		request_irq(
			irq_create_fwspec_mapping(g->domain, &spec[i]), button_irq, &buttons[i]);
	report(irq_create_fwspec_mapping(g->domain, &spec[2]));
	report(irq_create_fwspec_mapping(g->domain, &spec[3]));
	report(g->mask * 0x10000l + g->edge);
	report(g->domain->mapcount * 100 + g->domain->revmap[5]->irq);
	return request_irq(1, gpio_irq, g);
}

module_init(gpio_init);
