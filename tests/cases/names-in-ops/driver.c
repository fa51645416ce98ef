// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const char *const names[] = {"gpio0", "spi", "uart-tx"};
static const char *const groups[] = {"a", "long group", NULL};

static int x_get(u32 n)
{
	return names[n][0];
}
static const struct pin_ops ops = {names, 3, groups, x_get};
static struct pins P = {.ops = &ops, .label = "pins"};

static int scenario(void)
{
	return pins_add(&P);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
