// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct gpio_device {
	struct gpio_chip *chip;
	void *data;
	unsigned long valid_mask[2];
	const char *labels[128];
};

static struct gpio_device *device;
static int interrupts[64];

int gpiochip_add_data(struct gpio_chip *gc, void *data)
{
	struct gpio_device *gdev;
	int ret;

	kernel_only();
	if (!gc->ngpio || gc->ngpio > 128)
		return -22;
	gdev = kzalloc(sizeof(*gdev), 0);
	gdev->chip = gc;
	gdev->data = data;
	gc->gpiodev = gdev;
	if (gc->base < 0)
		gc->base = 512 - gc->ngpio;
	memset(gdev->valid_mask, 0xff, sizeof(gdev->valid_mask));
	ret = gc->init_valid_mask(gc, gdev->valid_mask, gc->ngpio);
	if (ret) {
		gc->gpiodev = NULL;
		kfree(gdev);
		return ret;
	}
	device = gdev;
	for (unsigned i = 0; i < gc->ngpio; i++)
		if (gc->names[i] && !strcmp(gc->names[i], "reset")) {
			gdev->labels[i] = "hog";
			gc->direction_output(gc, i, 1);
		}
	return 0;
}

void *gpiochip_get_data(struct gpio_chip *gc)
{
	return gc->gpiodev->data;
}

const char *gpiochip_is_requested(struct gpio_chip *gc, unsigned offset)
{
	kernel_only();
	return gc->gpiodev->labels[offset];
}

void generic_handle_irq(int irq)
{
	kernel_only();
	interrupts[irq]++;
}

int later(void)
{
	unsigned long mask[2] = {0x3f28, 0x6}, bits[2] = {0x2100, 0x2}, got[2] = {~0UL, ~0UL};
	struct gpio_chip *gc = device->chip;

	for (int i = 0; i < 2; i++)
		mask[i] &= device->valid_mask[i];
	report(mask[0]);
	gc->set_multiple(gc, mask, bits);
	report(gc->get(gc, 3));
	report(gc->get(gc, 65));
	report(gc->get_multiple(gc, mask, got));
	report(got[0] & 0xffff);
	report(got[1] & 0xff);
	report(device->valid_mask[1] & 0xff);
	report(gc->to_irq(gc, 7));
	report(gc->to_irq(gc, 33));
	report(interrupts[41]);
	return 0;
}
