// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct i2c *the;

int i2c_add(struct i2c *a)
{
	kernel_only();
	the = a;
	return 0;
}

int i2c_run(struct i2c *a)
{
	kernel_only();
	u8 out[4] = {9, 8, 7, 6}, in[4] = {0};
	struct msg m[3] = {{.kind = M_WRITE, .len = 4, .wr = {4, out}},
		{.kind = M_READ, .len = 3, .rd = {5, in}}, {.kind = M_EVENT, .ev = {40, NULL}}};
	int r = a->xfer(a, m, 3);
	for (int i = 0; i < 3; i++)
		report(m[i].status);
	for (int i = 0; i < 4; i++)
		report(in[i]);
	return r;
}

int later(void)
{
	return i2c_run(the) + the->errors;
}
