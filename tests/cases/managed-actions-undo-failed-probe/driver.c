// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_dev {
	struct supply *core, *io;
};

static u32 x_undone;

static void x_power_off(void *data)
{
	struct x_dev *x = data;
	x->core->users--;
	x_undone = x_undone * 10 + x->core->users + x->core->microvolts % 7;
}

static int x_probe(struct device *dev)
{
	struct x_dev *x = devm_kzalloc(dev, sizeof *x);
	x->core = devm_supply_get(dev, "core");
	if (KIS_ERR(x->core))
		return KPTR_ERR(x->core);
	x->core->users++;
	devm_add_action(dev, x_power_off, x);
	x->io = devm_supply_get(dev, "io");
	if (KIS_ERR(x->io))
		return KPTR_ERR(x->io);
	x->io->microvolts += x->core->users * 100;
	return 0;
}

static int x_init(void)
{
	report(driver_register(x_probe));
	report(x_undone);
	return 0;
}
module_init(x_init);
