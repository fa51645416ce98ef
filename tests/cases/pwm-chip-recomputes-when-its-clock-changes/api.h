// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
struct pwm_state {
	u64 period, duty_cycle;
	u8 enabled;
};

struct pwm_device {
	u32 hwpwm;
	struct pwm_chip *chip;
	struct pwm_state state;
	void *chip_data;
};

struct pwm_ops {
	int (*request)(struct pwm_chip *chip, struct pwm_device *pwm);
	int (*apply)(struct pwm_chip *chip, struct pwm_device *pwm, const struct pwm_state *state);
};

struct pwm_chip {
	const struct pwm_ops *ops;
	u32 npwm;
	struct pwm_device *pwms;
};

struct clk {
	unsigned long rate;
};

struct notifier_block {
	int (*notifier_call)(struct notifier_block *nb, unsigned long event, void *data);
};

struct clk_notifier_data {
	struct clk *clk;
	unsigned long old_rate, new_rate;
};

struct clk *clk_get_notified(struct notifier_block *nb);
void writel(u32 value, u32 reg);
int pwmchip_add(struct pwm_chip *chip);
