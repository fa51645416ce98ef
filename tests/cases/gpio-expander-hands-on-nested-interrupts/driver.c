// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct pcf_chip {
	struct i2c_client *client;
	struct gpio_chip gpio_chip;
	u8 irq_stat, trig[3];
	u32 handled;
};

static int pcf_get(struct gpio_chip *gc, u32 offset)
{
	return i2c_read_byte(container_of(gc, struct pcf_chip, gpio_chip)->client) >> offset & 1;
}

static int pcf_irq_set_type(struct irq_data *d, u32 type)
{
	struct pcf_chip *chip = container_of(d->chip_data, struct pcf_chip, gpio_chip);
	if (type != IRQ_TYPE_EDGE_RISING && type != IRQ_TYPE_EDGE_FALLING)
		return -22;
	chip->trig[type] |= 1 << d->hwirq;
	return 0;
}

static int pcf_irq_handler(int irq, void *dev_id)
{
	struct pcf_chip *chip = dev_id;
	u8 now = i2c_read_byte(chip->client);
	u8 pending = now ^ chip->irq_stat;
	pending &= (now & chip->trig[IRQ_TYPE_EDGE_RISING]) | (~now & chip->trig[IRQ_TYPE_EDGE_FALLING]);
	chip->irq_stat = now;
	for (u32 line = 0; line < chip->gpio_chip.ngpio; line++)
		if (pending & 1 << line)
			chip->handled += irq + generic_handle_domain_irq(chip->gpio_chip.irq.domain, line);
	report(chip->handled * 1000 + pending);
	return pending != 0;
}

static struct irq_chip pcf_irq_chip = {.irq_set_type = pcf_irq_set_type};

static int pcf_init(void)
{
	struct pcf_chip *chip = kzalloc(sizeof(*chip), 0);
	int ret;
	if (!chip)
		return -12;
	chip->gpio_chip = (struct gpio_chip){-1, 8, pcf_get, {.chip = &pcf_irq_chip}};
	chip->client = i2c_new_client_device();
	chip->irq_stat = i2c_read_byte(chip->client);
	ret = gpiochip_add(&chip->gpio_chip);
	if (ret) {
		kfree(chip);
		return ret;
	}
	report(chip->gpio_chip.base + chip->irq_stat);
	return request_irq(chip->client->irq, pcf_irq_handler, chip);
}

module_init(pcf_init);
