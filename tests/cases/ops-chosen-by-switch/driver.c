// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 slow_rate(struct card *card)
{
	return card->clock / 2;
}

static u32 fast_rate(struct card *card)
{
	return card->clock * 4;
}

static void soft_reset(struct card *card)
{
	card->resets++;
}

static void hard_reset(struct card *card)
{
	card->resets += 10;
	card->clock = 8;
}

static const struct card_ops slow = {slow_rate, soft_reset};
static const struct card_ops fast = {fast_rate, soft_reset};
static const struct card_ops odd = {slow_rate, hard_reset};

static int probe(struct card *card)
{
	switch (card->id) {
	case 1:
		card->ops = &slow;
		break;
	case 2:
		card->ops = &fast;
		break;
	case 5:
		card->ops = &odd;
		break;
	default:
		return -19;
	}
	return 0;
}

static int scenario(void)
{
	return kprobe(probe);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
