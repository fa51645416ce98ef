// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_pwm {
	u32 rate;
	u32 ticks[4], high[4];
	u32 users;
};

static int x_request(struct pwm_chip *chip, struct pwm_device *pwm)
{
	struct x_pwm *x = pwm_private(chip);

	if (pwm->hwpwm == 2)
		return -16;
	x->users++;
	return 0;
}

static void x_free(struct pwm_chip *chip, struct pwm_device *pwm)
{
	struct x_pwm *x = pwm_private(chip);

	x->users--;
	x->ticks[pwm->hwpwm] = 0;
}

static int x_apply(struct pwm_chip *chip, struct pwm_device *pwm, const struct pwm_state *state)
{
	struct x_pwm *x = pwm_private(chip);
	u32 i = pwm->hwpwm;

	if (state->polarity && !pwm->state.enabled)
		return -95;
	x->ticks[i] = state->enabled ? state->period / x->rate : 0;
	x->high[i] = state->duty / x->rate;
	report(i * 10000 + x->ticks[i] * 100 + x->high[i]);
	return 0;
}

static int x_get(struct pwm_chip *chip, struct pwm_device *pwm, struct pwm_state *state)
{
	struct x_pwm *x = pwm_private(chip);

	state->enabled = x->ticks[pwm->hwpwm] != 0;
	state->period = x->ticks[pwm->hwpwm] * x->rate;
	state->duty = x->high[pwm->hwpwm] * x->rate;
	state->polarity = pwm - chip->pwms;
	return 0;
}

static const struct pwm_ops ops = {x_request, x_free, x_apply, x_get};

static int x_init(void)
{
	struct pwm_chip *chip = pwm_alloc(4, sizeof(struct x_pwm));
	struct x_pwm *x = pwm_private(chip);
	int status;

	x->rate = 10;
	x->ticks[3] = 7;
	x->high[3] = 2;
	chip->ops = &ops;
	chip->atomic = 1;
	status = pwm_add(chip);
	report(x->users);
	report(chip->pwms[3].state.duty);
	return status;
}

module_init(x_init);
