// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct channel {
	u32 period, duty;
};

struct acme_pwm {
	struct pwm_chip chip;
	struct clk *clk;
	struct notifier_block nb;
	int used, notified;
};

static int acme_apply(struct pwm_chip *chip, struct pwm_device *pwm, const struct pwm_state *state)
{
	struct acme_pwm *ap = container_of(chip, struct acme_pwm, chip);
	struct channel *ch = pwm->chip_data;
	u64 cycles = state->period * ap->clk->rate / 1000000000;
	if (!cycles || cycles > 0xffffff)
		return -22;
	ch->period = cycles;
	ch->duty = state->enabled ? state->duty_cycle * ap->clk->rate / 1000000000 : 0;
	writel(ch->period, pwm->hwpwm * 2);
	writel(ch->duty, pwm->hwpwm * 2 + 1);
	return 0;
}

static int acme_request(struct pwm_chip *chip, struct pwm_device *pwm)
{
	struct acme_pwm *ap = container_of(chip, struct acme_pwm, chip);
	struct channel *ch = kzalloc(sizeof(*ch), 0);
	pwm->chip_data = ch;
	return ch ? ap->used++ : -12;
}

static int acme_clk_event(struct notifier_block *nb, unsigned long event, void *data)
{
	struct acme_pwm *ap = container_of(nb, struct acme_pwm, nb);
	struct clk_notifier_data *change = data;
	if (event != 2 || change->clk != ap->clk)
		return 0;
	ap->notified += change->new_rate / change->old_rate;
	for (u32 i = 0; i < ap->chip.npwm; i++)
		if (ap->chip.pwms[i].chip_data)
			acme_apply(&ap->chip, &ap->chip.pwms[i], &ap->chip.pwms[i].state);
	return ap->notified;
}

static const struct pwm_ops acme_ops = {acme_request, acme_apply};

static int acme_init(void)
{
	struct acme_pwm *ap = kzalloc(sizeof(*ap), 0);
	if (!ap)
		return -12;
	ap->chip = (struct pwm_chip){.ops = &acme_ops, .npwm = 4, .pwms = NULL};
	ap->nb.notifier_call = acme_clk_event;
	ap->clk = clk_get_notified(&ap->nb);
	return pwmchip_add(&ap->chip);
}

module_init(acme_init);
