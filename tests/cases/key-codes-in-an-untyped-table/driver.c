// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const u16 defaults[12] = {30, 48, 46, 32, 18, 33, 34, 35, 23, 36, 37, 38};

struct x_keys {
	struct input_dev *input;
	u16 map[12];
	u32 state;
	u8 opened;
};

static int x_open(struct input_dev *dev)
{
	struct x_keys *x = dev->drvdata;

	x->opened++;
	return 0;
}

static void x_close(struct input_dev *dev)
{
	struct x_keys *x = dev->drvdata;

	x->opened--;
	x->state = 0;
}

static void x_scan(void *data, u32 matrix)
{
	struct x_keys *x = data;
	u32 changed = x->state ^ matrix;

	if (!x->opened)
		return;
	for (int i = 0; i < 12; i++)
		if (changed >> i & 1)
			input_event(x->input, 1, x->map[i], matrix >> i & 1);
	x->state = matrix;
	if (matrix >> 16) {
		input_event(x->input, 3, 1, matrix >> 16);
		report(x->input->absinfo[1].value);
	}
}

static int x_init(void)
{
	struct x_keys *x = kzalloc(sizeof(*x), 0);
	struct input_dev *in = input_allocate();
	int status;

	x->input = in;
	memcpy(x->map, defaults, sizeof(defaults));
	in->name = "x keys";
	in->keycode = x->map;
	in->keycodesize = sizeof(x->map[0]);
	in->keycodemax = 12;
	in->open = x_open;
	in->close = x_close;
	in->drvdata = x;
	in->evbit[0] |= 1 << 1;
	for (int i = 0; i < 12; i++)
		in->keybit[x->map[i] / 64] |= 1ul << x->map[i] % 64;
	status = input_set_abs(in, 1, -100, 900, 4);
	if (status)
		return status;
	report(in->absinfo[1].maximum);
	report(in->evbit[0]);
	status = request_scan(x_scan, x);
	if (status)
		return status;
	return input_register(in);
}

module_init(x_init);
