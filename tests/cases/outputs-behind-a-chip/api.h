// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pwm_state {
	u64 period, duty;
	int polarity;
	_Bool enabled;
};

struct pwm_chip;

struct pwm_device {
	const char *label;
	u32 hwpwm;
	struct pwm_chip *chip;
	struct pwm_state state;
};

struct pwm_ops {
	int (*request)(struct pwm_chip *chip, struct pwm_device *pwm);
	void (*free)(struct pwm_chip *chip, struct pwm_device *pwm);
	int (*apply)(struct pwm_chip *chip, struct pwm_device *pwm, const struct pwm_state *state);
	int (*get_state)(struct pwm_chip *chip, struct pwm_device *pwm, struct pwm_state *state);
};

struct pwm_chip {
	const struct pwm_ops *ops;
	u32 npwm;
	_Bool atomic;
	struct pwm_device pwms[];
};

struct pwm_chip *pwm_alloc(u32 npwm, size_t private);
int pwm_add(struct pwm_chip *chip);

static inline void *pwm_private(struct pwm_chip *chip)
{
	return &chip->pwms[chip->npwm];
}
