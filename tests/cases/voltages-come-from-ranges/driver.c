// SPDX-License-Identifier: MIT
#include <linux/api.h>

enum { BUCK1, BUCK2, LDO1, COUNT };

struct x_reg {
	struct kreg_dev *rdev;
	struct knotifier nb;
	u32 events, mode;
	const char *name;
};

struct x_pmic {
	u8 regs[8];
	u32 ena;
	struct x_reg regulators[COUNT];
};

static int set_sel(struct kreg_dev *r, u32 selector)
{
	struct x_pmic *p = kreg_drvdata(r);
	const struct kreg_desc *d = kreg_desc(r);
	u32 shift = __builtin_ctz(d->vsel_mask);

	p->regs[d->vsel_reg] &= ~d->vsel_mask;
	p->regs[d->vsel_reg] |= selector << shift;
	return 0;
}

static int get_sel(struct kreg_dev *r)
{
	struct x_pmic *p = kreg_drvdata(r);
	const struct kreg_desc *d = kreg_desc(r);

	return (p->regs[d->vsel_reg] & d->vsel_mask) >> __builtin_ctz(d->vsel_mask);
}

static int enable(struct kreg_dev *r)
{
	struct x_pmic *p = kreg_drvdata(r);

	p->ena |= kreg_desc(r)->enable_mask;
	return 0;
}

static int disable(struct kreg_dev *r)
{
	struct x_pmic *p = kreg_drvdata(r);

	if (kreg_id(r) == BUCK1 && p->ena & 4)
		return -16;
	p->ena &= ~kreg_desc(r)->enable_mask;
	return 0;
}

static int is_enabled(struct kreg_dev *r)
{
	struct x_pmic *p = kreg_drvdata(r);

	return !!(p->ena & kreg_desc(r)->enable_mask);
}

static u32 get_mode(struct kreg_dev *r)
{
	struct x_pmic *p = kreg_drvdata(r);

	return p->regulators[kreg_id(r)].mode;
}

static int set_mode(struct kreg_dev *r, u32 mode)
{
	struct x_pmic *p = kreg_drvdata(r);
	int id = kreg_id(r);

	if (mode != 2 && mode != 4)
		return -22;
	p->regulators[id].mode = mode;
	return id == BUCK1 ? kreg_notify(p->regulators[BUCK2].rdev, 0x100, &mode) : 0;
}

static int parse(const struct kreg_desc *desc, struct kreg_config *config)
{
	struct x_pmic *p = config->driver_data;

	if (!config->init)
		return -2;
	config->ena_shared = &p->ena;
	p->regulators[desc->id].name = desc->supply_name;
	return config->init->boot_on ? desc->id : 0;
}

static const struct kreg_ops buck_ops = {kreg_list_ranges, set_sel, get_sel, enable, disable,
	is_enabled, get_mode, set_mode};
static const struct kreg_ops ldo_ops = {kreg_list_table, set_sel, get_sel, enable, disable,
	is_enabled};
static const struct krange ranges[] = {LINEAR(600, 0, 15, 25), LINEAR(1200, 16, 19, 100)};
static const u32 table[] = {1800, 2500, 3300};
static const struct kreg_desc descs[COUNT] = {
	{"buck1", "vin1", BUCK1, 20, ranges, 2, NULL, 1, 0x1f, 1, &buck_ops, parse},
	{"buck2", "vin2", BUCK2, 20, ranges, 1, NULL, 2, 0x3e, 2, &buck_ops, parse},
	{"ldo1", "vin3", LDO1, 3, NULL, 0, table, 3, 0xc0, 4, &ldo_ops, parse}};

static int event(struct knotifier *nb, unsigned long event, void *data)
{
	struct x_reg *x = container_of(nb, struct x_reg, nb);

	x->events++;
	if (event & 1) {
		struct kchange *c = data;

		report(c->old_mv * 10000 + c->min_mv + c->max_mv);
		return c->max_mv > 3000 ? -1 : 1;
	}
	report(event * 10 + *(u32 *)data + x->name[3]);
	return 0;
}

static int irq(int n, void *data)
{
	struct x_pmic *p = data;
	u32 temp = n * 3;
	int err = 0;

	for (int i = 0; i < COUNT; i++)
		if (n >> i & 1)
			err += kreg_notify(p->regulators[i].rdev, 0x10 << i, &temp);
	return err + temp;
}

static void x_remove(void *data)
{
	struct x_pmic *p = data;

	for (int i = 0; i < COUNT; i++) {
		report(p->regulators[i].events * 1000 + p->regs[i + 1]);
		kreg_unregister(p->regulators[i].rdev);
	}
	kfree(p);
}

static int x_init(void)
{
	struct x_pmic *p = kzalloc(sizeof(*p), 0);

	for (int i = 0; i < COUNT; i++) {
		struct kreg_config config = {.driver_data = p, .init = kreg_constraints(descs[i].name)};
		struct kreg_dev *r = kreg_register(&descs[i], &config);

		if (KIS_ERR(r)) {
			report(KPTR_ERR(r));
			config.init = kreg_constraints("buck2");
			r = kreg_register(&descs[i], &config);
		}
		p->regulators[i].rdev = r;
		p->regulators[i].nb.call = event;
		p->regulators[i].nb.priority = i;
		p->regulators[i].mode = 2;
		report(kreg_notify_add(r, &p->regulators[i].nb) + p->ena);
	}
	return kreg_irq(irq, x_remove, p);
}

module_init(x_init);
