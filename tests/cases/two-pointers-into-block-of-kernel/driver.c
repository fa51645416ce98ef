// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 *w, *r;
static u32 size;

static void x_setup(u8 *window, u8 *ring, u32 n)
{
	w = window;
	r = ring;
	size = n;
}

static int x_step(u32 at)
{
	w[at] += 3;
	return (w - r) * 10000 + r[at + (w - r)] * 10 + (r + 6 == w + 2);
}
static const struct codec C = {x_setup, x_step};

static int x_init(void)
{
	codec_add(&C);
	report(x_step(1));
	return 0;
}

module_init(x_init);
