// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
struct irq_data;

struct irq_chip {
	const char *name;
	void (*irq_mask)(struct irq_data *d);
	void (*irq_unmask)(struct irq_data *d);
	int (*irq_set_type)(struct irq_data *d, unsigned type);
};

struct irq_data {
	unsigned irq;
	unsigned long hwirq;
	const struct irq_chip *chip;
	struct irq_domain *domain;
	void *chip_data;
};

struct irq_fwspec {
	int param_count;
	u32 param[4];
};
struct irq_domain;

struct irq_domain_ops {
	int (*map)(struct irq_domain *d, unsigned virq, unsigned long hw);
	int (*xlate)(struct irq_domain *d, const u32 *spec, unsigned size, unsigned long *hw,
		unsigned *type);
};

struct irq_domain {
	const struct irq_domain_ops *ops;
	void *host_data;
	unsigned mapcount, revmap_size;
	struct irq_data *revmap[];
};
struct irq_domain *irq_domain_create_linear(
	unsigned size, const struct irq_domain_ops *ops, void *data);
int irq_create_fwspec_mapping(struct irq_domain *d, struct irq_fwspec *spec);
void irq_set_chip_and_data(unsigned virq, const struct irq_chip *chip, void *data);
int request_irq(unsigned virq, int (*handler)(int irq, void *dev), void *dev);
int generic_handle_domain_irq(struct irq_domain *d, unsigned long hw);
