// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pwm_state {
	u64 period, duty_cycle;
	_Bool enabled;
};

struct pwm_chip;

struct pwm_device {
	u32 hwpwm;
	struct pwm_chip *chip;
	struct pwm_state state;
};

struct pwm_chip {
	int (*apply)(struct pwm_device *pwm, const struct pwm_state *state);
	int (*get_state)(struct pwm_device *pwm, struct pwm_state *state);
	void *drvdata;
	u32 npwm;
	struct pwm_device pwms[];
};

struct pwm_chip *pwmchip_alloc(u32 npwm);
int pwmchip_add(struct pwm_chip *chip);
int pwm_apply_might_sleep(struct pwm_device *pwm, const struct pwm_state *state);
