// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct my {
	u32 reg;
	struct led led;
	u32 bit;
};

static u32 hw;

static void set(struct led *l, u32 v)
{
	struct my *m = container_of(l, struct my, led);
	if (v)
		hw |= 1u << m->bit;
	else
		hw &= ~(1u << m->bit);
	m->reg = v;
}

static int blink(struct led *l, u64 *on, u64 *off)
{
	if (!*on && !*off)
		*on = *off = 500;
	if (*on > 1000)
		return -22;
	*off = *on;
	l->flags |= 8;
	return 0;
}
static struct my L[2] = {{.led = {.name = "a", .max = 1, .set = set, .blink = blink}, .bit = 3},
	{.led = {.name = "b", .max = 255, .set = set}, .bit = 5}};

static int x_init(void)
{
	for (int i = 0; i < 2; i++)
		report(led_register(&L[i].led));
	report(hw);
	L[0].led.brightness = 1;
	report(L[0].reg + L[1].reg * 10);
	return 0;
}

module_init(x_init);

static void x_exit(void)
{
	led_unregister(&L[1].led);
	report(hw);
}

void cleanup_module(void)
{
	x_exit();
}
