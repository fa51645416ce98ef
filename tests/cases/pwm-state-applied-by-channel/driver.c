// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_regs {
	u32 cnt[3], cmp[3];
	u8 ctrl;
};

static int x_apply(struct pwm_device *pwm, const struct pwm_state *state)
{
	struct x_regs *r = pwm->chip->drvdata;
	u32 n = pwm->hwpwm;
	if (state->period > 1000)
		return -34;
	r->cnt[n] = state->period / 10;
	r->cmp[n] = state->duty_cycle / 10;
	r->ctrl = state->enabled ? r->ctrl | 1 << n : r->ctrl & ~(1 << n);
	return pwm->state.enabled;
}

static int x_get_state(struct pwm_device *pwm, struct pwm_state *state)
{
	struct x_regs *r = pwm->chip->drvdata;
	state->period = r->cnt[pwm->hwpwm] * 10;
	state->duty_cycle = r->cmp[pwm->hwpwm] * 10;
	state->enabled = r->ctrl >> pwm->hwpwm & 1;
	return 0;
}

static int x_init(void)
{
	struct pwm_state boot = {.period = 500, .duty_cycle = 125, .enabled = 1};
	struct pwm_chip *chip = pwmchip_alloc(3);
	struct x_regs *r = kzalloc(sizeof *r, 0);
	r->cnt[0] = 7;
	chip->apply = x_apply;
	chip->get_state = x_get_state;
	chip->drvdata = r;
	report(pwmchip_add(chip));
	report(pwm_apply_might_sleep(&chip->pwms[1], &boot));
	report(r->ctrl * 1000 + r->cmp[1] + chip->pwms[1].state.duty_cycle);
	return 0;
}
module_init(x_init);
