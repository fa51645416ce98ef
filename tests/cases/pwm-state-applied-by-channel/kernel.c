// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct pwm_chip *only;

struct pwm_chip *pwmchip_alloc(u32 npwm)
{
	struct pwm_chip *chip = kzalloc(sizeof(*chip) + npwm * sizeof(chip->pwms[0]), 0);
	kernel_only();
	chip->npwm = npwm;
	for (u32 i = 0; i < npwm; i++)
		chip->pwms[i] = (struct pwm_device){.hwpwm = i, .chip = chip};
	return chip;
}

int pwmchip_add(struct pwm_chip *chip)
{
	kernel_only();
	only = chip;
	for (u32 i = 0; i < chip->npwm; i++)
		chip->get_state(&chip->pwms[i], &chip->pwms[i].state);
	return chip->pwms[0].state.period;
}

int pwm_apply_might_sleep(struct pwm_device *pwm, const struct pwm_state *state)
{
	int err = pwm->chip->apply(pwm, state);
	kernel_only();
	if (err < 0)
		return err;
	pwm->state = *state;
	pwm->chip->get_state(pwm, &pwm->state);
	return err;
}

int later(void)
{
	struct pwm_state s = {900, 300, 1}, off = {};
	struct pwm_device *pwm = &only->pwms[2];
	int sum;
	kernel_only();
	pwm_apply_might_sleep(pwm, &s);
	sum = pwm->state.duty_cycle + pwm_apply_might_sleep(&only->pwms[1], &off);
	s.period = 2000;
	sum -= pwm_apply_might_sleep(&only->pwms[0], &s) * 1000;
	return sum + only->pwms[1].state.enabled * 7 + only->pwms[1].state.period * 100;
}
