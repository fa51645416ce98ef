// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_output {
	u32 limit, border;
	struct kconnector base;
};

static int x_get_modes(struct kconnector *c)
{
	static const u32 sizes[][2] = {{40, 30}, {64, 48}, {80, 60}};
	struct kmode *mode;
	for (int i = 0; i < 3; i++) {
		mode = kmode_create(sizes[i][0], sizes[i][1], 60);
		mode->preferred = i == 1;
		kmode_probed_add(c, mode);
	}
	return 3;
}

static enum kmode_status x_mode_valid(struct kconnector *c, struct kmode *mode)
{
	struct x_output *o = container_of(c, struct x_output, base);
	mode->height += o->border;
	return mode->clock > o->limit ? KMODE_CLOCK_HIGH : KMODE_OK;
}

static int x_init(void)
{
	struct x_output *o = kzalloc(sizeof *o, 0);
	u32 sum = 0;
	o->base.get_modes = x_get_modes;
	o->base.mode_valid = x_mode_valid;
	o->limit = 200;
	o->border = 2;
	report(kconnector_fill(&o->base));
	for (struct kmode *mode = o->base.modes; mode; mode = mode->next)
		sum = sum * 100 + mode->height + mode->preferred;
	report(sum);
	report(o->base.pruned * 10 + (o->base.probed == NULL));
	o->limit = 100;
	return 0;
}

module_init(x_init);
