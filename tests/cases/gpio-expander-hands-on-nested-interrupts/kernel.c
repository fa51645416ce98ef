// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct irq_domain {
	struct irq_data lines[8];
	struct gpio_chip *gc;
};
static struct i2c_client client = {.irq = 17};
static struct irq_domain *domain;
static int (*handler)(int irq, void *dev_id);
static void *handler_data;
static u8 wires = 0x81;

struct i2c_client *i2c_new_client_device(void)
{
	kernel_only();
	return &client;
}

int i2c_read_byte(struct i2c_client *from)
{
	kernel_only();
	return from == &client ? wires : 0;
}

int gpiochip_add(struct gpio_chip *gc)
{
	kernel_only();
	domain = kzalloc(sizeof(*domain), 0);
	for (u32 i = 0; i < gc->ngpio && i < 8; i++)
		domain->lines[i] = (struct irq_data){100 + i, i, gc};
	domain->gc = gc;
	gc->irq.domain = domain;
	gc->base = 512 - gc->ngpio;
	return 0;
}

int request_irq(int irq, int (*fn)(int irq, void *dev_id), void *dev_id)
{
	kernel_only();
	handler = fn;
	handler_data = dev_id;
	return irq == client.irq ? 0 : -22;
}

int generic_handle_domain_irq(struct irq_domain *of, u32 hwirq)
{
	kernel_only();
	report(of->lines[hwirq].irq * 10 + of->gc->get(of->gc, hwirq));
	return hwirq;
}

int later(void)
{
	struct irq_chip *chip = domain->gc->irq.chip;
	report(chip->irq_set_type(&domain->lines[3], IRQ_TYPE_EDGE_RISING) -
	       chip->irq_set_type(&domain->lines[0], IRQ_TYPE_EDGE_FALLING));
	report(chip->irq_set_type(&domain->lines[5], 8) - chip->irq_set_type(&domain->lines[7], IRQ_TYPE_EDGE_RISING));
	wires = 0x28;
	report(handler(client.irq, handler_data));
	wires = 0x81;
	return handler(client.irq, handler_data);
}
