// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_settings {
	u16 scale, offset;

	struct {
		u8 kind, weight;
	} inputs[3];

	u32 uses;
};

struct x_state {
	struct bank *bank;
	u32 samples, fired;
	struct timer timer;
	u8 history[4];
};

static void x_fire(struct timer *t)
{
	struct x_state *s = container_of(t, struct x_state, timer);
	struct x_settings *set = s->bank->settings;

	s->fired += t->due;
	set->uses += 100;
}

static int x_attach(struct bank *b)
{
	struct x_settings *set = b->settings;
	struct x_state *s = b->state;

	s->bank = b;
	s->timer.fire = x_fire;
	timer_start(&s->timer, set->offset);
	return set->inputs[2].weight + set->scale;
}

static u32 x_sample(struct bank *b, u32 at)
{
	struct x_settings *set = b->settings;
	struct x_state *s = b->state;
	u32 value = at * set->scale + set->offset;

	for (int i = 0; i < 3; i++)
		value += set->inputs[i].kind * set->inputs[i].weight;
	set->uses++;
	s->history[s->samples++ % 4] = value;
	return value * 10 + s->fired;
}

static void x_detach(struct bank *b)
{
	struct x_state *s = b->state;

	report(s->samples * 1000 + s->history[1] + s->history[2]);
}

static const struct bank_driver drv = {sizeof(struct x_state), x_attach, x_sample, x_detach};

static int x_init(void)
{
	return bank_driver_register(&drv);
}

module_init(x_init);
