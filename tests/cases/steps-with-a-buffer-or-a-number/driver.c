// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 store[16];
static u64 waited;

static int fill(u8 *to, u32 len)
{
	for (u32 i = 0; i < len; i++)
		to[i] = store[i] + 1;
	return len;
}

static int drain(const u8 *from, u32 len)
{
	for (u32 i = 0; i < len; i++)
		store[i] = from[i];
	return len * 2;
}

static int run(const struct step *step)
{
	switch (step->kind) {
	case STEP_READ:
		return step->len > sizeof(store) ? -22 : fill(step->in, step->len);
	case STEP_WRITE:
		return step->len > sizeof(store) ? -22 : drain(step->out, step->len);
	case STEP_WAIT:
		waited += step->value;
		return waited % 1000;
	}
	return -95;
}

static const struct bus_ops ops = {run};

static int x_init(void)
{
	return kbus_register(&ops);
}

module_init(x_init);
