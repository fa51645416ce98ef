// SPDX-License-Identifier: MIT
#include <linux/api.h>

enum { X_AUTO = 1, X_GAIN, X_TONE };

struct x_sensor {
	int gain;
	struct kctrl_handler handler;
	struct kctrl *exposure[2], *tone;
};

static int x_set(struct kctrl *master)
{
	struct x_sensor *s = container_of(master->handler, struct x_sensor, handler);
	struct kctrl *gain = s->exposure[1];
	s->handler.tries++;
	if (master->id == X_TONE)
		return s->tone->value > 9 ? -34 : 0;
	if (gain->is_new && gain->value > 63)
		gain->value = 63;
	gain->is_volatile = master->value;
	s->gain = master->value ? 20 + s->gain / 2 : gain->value;
	return 0;
}

static int x_init(void)
{
	struct x_sensor *s = kzalloc(sizeof *s, 0);
	s->exposure[0] = kctrl_new(&s->handler, x_set, X_AUTO, 0);
	s->exposure[1] = kctrl_new(&s->handler, x_set, X_GAIN, 10);
	s->tone = kctrl_new(&s->handler, x_set, X_TONE, 5);
	kctrl_cluster(2, s->exposure);
	report(kctrl_set(&s->handler, X_GAIN, 80));
	report(s->gain * 100 + s->exposure[1]->current);
	report(kctrl_set(&s->handler, X_AUTO, 1));
	report(kctrl_set(&s->handler, X_TONE, 10));
	report(s->gain * 1000 + s->handler.tries * 100 + s->tone->current);
	return 0;
}

module_init(x_init);
