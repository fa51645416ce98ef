// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct panel {
	struct input_dev *input;
	u16 keymap[4];
	unsigned leds;
	int opened;
};

static int panel_open(struct input_dev *dev)
{
	struct panel *panel = input_get_drvdata(dev);
	int x;

	panel->opened++;
	input_report_abs(dev, ABS_X, 100);
	input_report_abs(dev, ABS_X, 102);
	input_report_abs(dev, ABS_Y, 700);
	x = dev->absinfo[ABS_X].value;
	for (unsigned i = 0; i < dev->keycodemax; i++)
		if (panel->keymap[i])
			input_event(dev, EV_KEY, panel->keymap[i], 1);
	input_sync(dev);
	report(x);
	return 0;
}

static int panel_event(struct input_dev *dev, unsigned type, unsigned code, int value)
{
	struct panel *panel = input_get_drvdata(dev);

	if (type != EV_LED)
		return -1;
	panel->leds = dev->led[0] | value << 8;
	report(panel->leds);
	return panel->opened;
}

static int panel_probe(void)
{
	struct panel *panel = kzalloc(sizeof(*panel), 0);
	struct input_dev *input = input_allocate_device();
	int error;

	if (!panel || !input) {
		error = -12;
		goto err_free;
	}
	panel->input = input;
	panel->keymap[1] = KEY_POWER;
	panel->keymap[3] = KEY_MENU;
	input->name = "panel";
	input->id.bustype = 0x18;
	input->open = panel_open;
	input->event = panel_event;
	input->keycode = panel->keymap;
	input->keycodesize = sizeof(u16);
	input->keycodemax = 4;
	__set_bit(EV_KEY, input->evbit);
	__set_bit(EV_LED, input->evbit);
	for (int i = 0; i < 4; i++)
		if (panel->keymap[i])
			__set_bit(panel->keymap[i], input->keybit);
	input_set_abs_params(input, ABS_X, 0, 1023, 4);
	input_set_abs_params(input, ABS_Y, 0, 600, 0);
	input->absinfo[ABS_X].value = 90;
	input_set_drvdata(input, panel);
	error = input_register_device(input);
	if (error)
		goto err_free;
	report(input->evbit[0]);
	report(input->id.vendor);
	return 0;

err_free:
	if (input)
		input_free_device(input);
	kfree(panel);
	return error;
}

module_init(panel_probe);
