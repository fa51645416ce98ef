// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kirq_data;
struct kirq_desc;
struct kgpio_chip;
struct kdomain;
struct kgpio_device;

typedef void (*kflow_t)(struct kirq_desc *desc);

struct kirq_chip {
	const char *name;
	void (*mask)(struct kirq_data *d);
	void (*unmask)(struct kirq_data *d);
	void (*ack)(struct kirq_data *d);
	int (*set_type)(struct kirq_data *d, u32 type);
	void (*bus_lock)(struct kirq_data *d);
	void (*bus_sync)(struct kirq_data *d);
	u32 flags;
};

struct kirq_data {
	u32 mask, irq;
	unsigned long hwirq;
	const struct kirq_chip *chip;
	struct kdomain *domain;
	void *chip_data;
};

struct kirq_desc {
	struct kirq_data data;
	kflow_t handle;
	int (*action)(int irq, void *dev);
	void *handler_data, *action_data;
	u32 depth, count;
};

struct kdomain_ops {
	int (*map)(struct kdomain *d, u32 virq, unsigned long hw);
	void (*unmap)(struct kdomain *d, u32 virq);
	int (*xlate)(struct kdomain *d, const u32 *spec, u32 n, unsigned long *hw, u32 *type);
};

struct kdomain {
	const char *name;
	const struct kdomain_ops *ops;
	void *host_data;
	u32 size;
	u32 map[8];
};

struct kgpio_chip {
	const char *label;
	struct kgpio_device *gpiodev;
	int base;
	u16 ngpio;
	const char *const *names;
	_Bool can_sleep;
	int (*get_direction)(struct kgpio_chip *c, u32 offset);
	int (*direction_output)(struct kgpio_chip *c, u32 offset, int value);
	int (*get)(struct kgpio_chip *c, u32 offset);
	int (*get_multiple)(struct kgpio_chip *c, unsigned long *mask, unsigned long *bits);
	void (*set)(struct kgpio_chip *c, u32 offset, int value);
	int (*set_config)(struct kgpio_chip *c, u32 offset, unsigned long config);
	int (*to_irq)(struct kgpio_chip *c, u32 offset);
	int (*init_valid_mask)(struct kgpio_chip *c, unsigned long *valid, u32 ngpios);
};

int kgpiochip_add(struct kgpio_chip *c, void *data);
void kgpiochip_remove(struct kgpio_chip *c);
void *kgpiochip_data(struct kgpio_chip *c);
struct kdomain *kdomain_add(u32 size, const struct kdomain_ops *ops, void *host_data);
void kdomain_remove(struct kdomain *d);
u32 kmapping(struct kdomain *d, unsigned long hw);
int kset_chip(u32 virq, const struct kirq_chip *chip, void *chip_data, kflow_t handle);
int kset_chained(u32 virq, kflow_t handle, void *data);
struct kirq_data *kirq_data(u32 virq);
int khandle_domain(struct kdomain *d, unsigned long hw);
void khandle_edge(struct kirq_desc *desc);
void khandle_level(struct kirq_desc *desc);
int kdriver_exit(void (*exit)(void *data), void *data);
