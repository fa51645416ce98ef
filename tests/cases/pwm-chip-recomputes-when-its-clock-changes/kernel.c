// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct clk clk = {1000000};
static struct pwm_chip *added;
static struct notifier_block *notifier;
static u32 regs[8];

struct clk *clk_get_notified(struct notifier_block *nb)
{
	kernel_only();
	notifier = nb;
	return &clk;
}

void writel(u32 value, u32 reg)
{
	kernel_only();
	regs[reg & 7] = value;
}

int pwmchip_add(struct pwm_chip *chip)
{
	kernel_only();
	chip->pwms = kzalloc(chip->npwm * sizeof(*chip->pwms), 0);
	for (u32 i = 0; i < chip->npwm; i++)
		chip->pwms[i] = (struct pwm_device){.hwpwm = i, .chip = chip};
	added = chip;
	return 0;
}

static int apply(u32 index, u64 period, u64 duty)
{
	struct pwm_device *pwm = &added->pwms[index];
	struct pwm_state state = {period, duty, duty != 0};
	int ret = pwm->chip->ops->apply(pwm->chip, pwm, &state);
	if (!ret)
		pwm->state = state;
	return ret;
}

int later(void)
{
	struct clk_notifier_data change = {&clk, 1000000, 3000000};
	for (u32 i = 1; i < 4; i += 2)
		report(added->ops->request(added, &added->pwms[i]));
	report(apply(1, 50000000000UL, 100));
	report(apply(1, 250000, 100000));
	report(apply(3, 9000000, 4000));
	report(regs[2] * 1000 + regs[3]);
	clk.rate = change.new_rate;
	report(notifier->notifier_call(notifier, 2, &change));
	return regs[2] * 1000 + regs[3] + regs[6] * 3 + regs[7];
}
