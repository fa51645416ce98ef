// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct panel *P;

static int x_frame(void)
{
	int s = 0;
	for (u32 i = 0; i < P->n; i++) {
		s += P->pixels[i];
		P->pixels[i] += i;
	}
	P->frames++;
	return s;
}

static int scenario(void)
{
	P = panel_get();
	on_frame(x_frame);
	for (u32 i = 0; i < P->n; i++)
		P->pixels[i] = i * i;
	return panel_show();
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
