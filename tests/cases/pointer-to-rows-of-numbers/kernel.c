// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct cam *the;

int cam_apply(void)
{
	kernel_only();
	int s = 0;
	for (u32 i = 0; i < the->lut.n; i++)
		for (int k = 0; k < 4; k++)
			s = s * 3 + the->lut.rows[i][k];
	return s & 0xffff;
}

int cam_add(struct cam *c)
{
	kernel_only();
	the = c;
	int r = cam_apply();
	the->lut.rows[0][0] = 5;
	return r + the->tune(the);
}

int later(void)
{
	the->lut.rows[2][1] += 3;
	return the->tune(the) + cam_apply() + the->lut.gain[1][1];
}
