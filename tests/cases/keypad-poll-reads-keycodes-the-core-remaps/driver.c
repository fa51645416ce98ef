// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct keypad {
	struct input_dev *input;
	struct gpio_descs *rows, *cols;
	u16 *keycodes;
	u8 *last;
	int opened;
};

static void keypad_scan(struct input_dev *input)
{
	struct keypad *pad = input->driver_data;
	for (u32 col = 0, key = 0; col < pad->cols->ndescs; col++) {
		gpiod_set_value(pad->cols->desc[col], 1);
		for (u32 row = 0; row < pad->rows->ndescs; row++, key++) {
			int down = gpiod_get_value(pad->rows->desc[row]);
			if (down == pad->last[key])
				continue;
			pad->last[key] = down;
			input_event(input, 1, pad->keycodes[key], down);
		}
		gpiod_set_value(pad->cols->desc[col], 0);
	}
}

static int keypad_open(struct input_dev *input)
{
	struct keypad *pad = input->driver_data;
	memset(pad->last, 0, pad->rows->ndescs * pad->cols->ndescs);
	pad->opened++;
	return input->keycodemax;
}

static void keypad_close(struct input_dev *input)
{
	struct keypad *pad = input->driver_data;
	report(pad->opened * 1000 + pad->keycodes[4]);
	kfree(pad->keycodes);
	kfree(pad->last);
	kfree(pad);
}

static int keypad_init(void)
{
	struct keypad *pad = kzalloc(sizeof(*pad), 0);
	u32 keys;
	if (!pad)
		return -12;
	pad->rows = gpiod_get_array("row");
	pad->cols = gpiod_get_array("col");
	keys = pad->rows->ndescs * pad->cols->ndescs;
	pad->keycodes = kzalloc(keys * sizeof(u16), 0);
	pad->last = kmalloc(keys, 0);
	pad->input = input_allocate_device();
	pad->input->open = keypad_open;
	pad->input->close = keypad_close;
	pad->input->driver_data = pad;
	pad->input->keycode = pad->keycodes;
	pad->input->keycodesize = sizeof(u16);
	for (u32 i = 0; i < keys; i++, pad->input->keycodemax++) {
		pad->keycodes[i] = 30 + 7 * i;
		pad->input->keybit[pad->keycodes[i] / 64] |= 1UL << pad->keycodes[i] % 64;
	}
	return input_setup_polling(pad->input, keypad_scan);
}

module_init(keypad_init);
