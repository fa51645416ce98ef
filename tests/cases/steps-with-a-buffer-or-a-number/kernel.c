// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct bus_ops *bus;

int kbus_register(const struct bus_ops *ops)
{
	kernel_only();
	bus = ops;
	return 0;
}

int later(void)
{
	u8 *out = kzalloc(8, 0), *in = kzalloc(8, 0);
	struct step step = {STEP_WRITE, 8, {.out = out}};

	for (int i = 0; i < 8; i++)
		out[i] = 10 * i + 3;
	report(bus->run(&step));
	step.kind = STEP_READ;
	step.len = 5;
	step.in = in;
	report(bus->run(&step));
	report(in[4] * 1000 + in[5]);
	step.kind = STEP_WAIT;
	step.value = 0x1234567890;
	report(bus->run(&step));
	step.kind = 7;
	return bus->run(&step);
}
