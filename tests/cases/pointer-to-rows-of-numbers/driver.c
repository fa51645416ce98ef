// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u16 table[3][4];

static int x_tune(struct cam *c)
{
	int s = 0;
	for (u32 i = 0; i < c->lut.n; i++)
		for (int k = 0; k < 4; k++)
			s += c->lut.rows[i][k] * (k + 1);
	c->lut.rows[1][2] = 77;
	c->lut.gain[1][1] = s;
	return s;
}
static struct cam C = {.lut = {.rows = table, .n = 3}, .tune = x_tune};

static int scenario(void)
{
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 4; k++)
			table[i][k] = 10 * i + k;
	int r = cam_add(&C);
	table[2][3] = 1;
	return r * 100 + cam_apply();
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
