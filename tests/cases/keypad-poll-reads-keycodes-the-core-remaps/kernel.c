// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct gpio_desc { int nr, value; } lines[5] = {{0, 0}, {1, 0}, {2, 0}, {0, 0}, {1, 0}};
static struct gpio_descs *arrays[2];
static struct input_dev *input;
static void (*poller)(struct input_dev *dev);
static u8 pressed[2] = {4, 3};

struct gpio_descs *gpiod_get_array(const char *con_id)
{
	kernel_only();
	int cols = con_id[0] == 'c';
	struct gpio_descs *descs = kzalloc(sizeof(*descs) + 3 * sizeof(descs->desc[0]), 0);
	for (int i = cols * 3; i < 3 + cols * 2; i++)
		descs->desc[descs->ndescs++] = &lines[i];
	return arrays[cols] = descs;
}

int gpiod_get_value(struct gpio_desc *desc)
{
	kernel_only();
	return ((lines[3].value ? pressed[0] : 0) | (lines[4].value ? pressed[1] : 0)) >> desc->nr & 1;
}

void gpiod_set_value(struct gpio_desc *desc, int value)
{
	kernel_only();
	desc->value = value;
}

struct input_dev *input_allocate_device(void)
{
	kernel_only();
	return input = kzalloc(sizeof(*input), 0);
}

int input_setup_polling(struct input_dev *dev, void (*poll)(struct input_dev *dev))
{
	kernel_only();
	poller = poll;
	return dev->keycodesize == sizeof(u16) ? 0 : -22;
}

void input_event(struct input_dev *dev, u32 type, u32 code, int value)
{
	kernel_only();
	if (!(dev->keybit[code / 64] >> code % 64 & 1))
		return;
	dev->key[code / 64] ^= 1UL << code % 64;
	report(type * 10000 + code * 10 + value);
}

int later(void)
{
	int keys = input->open(input);
	poller(input);
	((u16 *)input->keycode)[4] = 99;
	input->keybit[1] |= 1UL << 35;
	pressed[1] = 0;
	poller(input);
	input->close(input);
	report(keys * 100000 + (input->key[0] >> 44));
	return input->key[1] >> 35;
}
