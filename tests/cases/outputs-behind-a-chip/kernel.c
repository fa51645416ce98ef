// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct pwm_chip *chips;

struct pwm_chip *pwm_alloc(u32 npwm, size_t private)
{
	struct pwm_chip *c = kzalloc(sizeof(*c) + npwm * sizeof(c->pwms[0]) + private, 0);

	kernel_only();
	c->npwm = npwm;
	for (u32 i = 0; i < npwm; i++) {
		c->pwms[i].chip = c;
		c->pwms[i].hwpwm = i;
	}
	return c;
}

int pwm_add(struct pwm_chip *chip)
{
	kernel_only();
	chips = chip;
	for (u32 i = 0; i < chip->npwm; i++) {
		struct pwm_device *pwm = &chip->pwms[i];

		pwm->label = chip->ops->request(chip, pwm) ? NULL : "user";
		if (pwm->label)
			report(chip->ops->get_state(chip, pwm, &pwm->state));
	}
	return 0;
}

static void apply(u32 i, u64 period, u64 duty, int polarity)
{
	struct pwm_device *pwm = &chips->pwms[i];
	struct pwm_state s = {period, duty, polarity, period != 0};
	int status = chips->ops->apply(chips, pwm, &s);

	report(status);
	if (!status)
		pwm->state = s;
}

int later(void)
{
	struct pwm_state s = {0};

	apply(0, 500, 200, 1);
	apply(0, 500, 250, 0);
	apply(1, 900, 90, 0);
	apply(0, 400, 100, 1);
	for (u32 i = 0; i < 4; i++)
		if (chips->pwms[i].label) {
			chips->ops->get_state(chips, &chips->pwms[i], &s);
			report(s.period * 1000 + s.duty + s.polarity + s.enabled * 1000000);
		}
	chips->ops->free(chips, &chips->pwms[0]);
	chips->ops->get_state(chips, &chips->pwms[0], &s);
	return s.enabled;
}
