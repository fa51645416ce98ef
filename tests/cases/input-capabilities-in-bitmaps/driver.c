// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_pad {
	struct input_dev *input;
	u32 scans;
	int pos;
};

static int x_irq(int irq, void *data)
{
	struct x_pad *x = data;
	x->scans++;
	x->pos += irq * 4;
	input_event(x->input, EV_KEY, 30 + 100 * (x->scans & 1), x->scans);
	input_event(x->input, EV_KEY, 31, 1);
	input_event(x->input, EV_ABS, 1, x->pos);
	return x->input->absinfo[1].value;
}

static int x_open(struct input_dev *dev)
{
	struct x_pad *x = dev->drvdata;
	return request_irq(9, x_irq, x);
}

static int x_init(void)
{
	struct x_pad *x = kzalloc(sizeof *x, 0);
	x->input = input_allocate_device();
	x->input->drvdata = x;
	x->input->open = x_open;
	__set_bit(EV_KEY, x->input->evbit);
	__set_bit(EV_ABS, x->input->evbit);
	__set_bit(30, x->input->keybit);
	__set_bit(130, x->input->keybit);
	x->input->absinfo = kzalloc(2 * sizeof(struct input_absinfo), 0);
	x->input->absinfo[1] = (struct input_absinfo){0, -10, 90, 5};
	report(input_register_device(x->input));
	return 0;
}
module_init(x_init);
