// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_dev {
	struct device *dev;
	u32 *context, nregs, lost, suspends, busy;
	u32 regs[6];
};

static int probe(struct device *dev)
{
	struct pdata *pdata = dev->platform_data;
	struct x_dev *x;
	int err;

	if (!pdata)
		return -22;
	x = kzalloc(sizeof(*x), 0);
	x->dev = dev;
	x->nregs = pdata->regs;
	x->context = kzalloc(x->nregs * sizeof(u32), 0);
	dev->driver_data = x;
	dev->power.autosuspend_delay = 10 * dev->id;
	dev->power.use_autosuspend = pdata->wake;
	kpm_enable(dev);
	err = kpm_get_sync(dev);
	if (err < 0) {
		kfree(x->context);
		kfree(x);
		dev->driver_data = NULL;
		return err;
	}
	for (u32 i = 0; i < x->nregs; i++)
		x->regs[i] = 10 * dev->id + i;
	kpm_mark_busy(dev);
	return kpm_put(dev);
}

static void remove(struct device *dev)
{
	struct x_dev *x = dev->driver_data;

	report(x->suspends * 100 + x->lost);
	kfree(x->context);
	kfree(x);
}

static int runtime_suspend(struct device *dev)
{
	struct x_dev *x = dev->driver_data;

	if (x->busy)
		return -16;
	for (u32 i = 0; i < x->nregs; i++) {
		x->context[i] = x->regs[i];
		x->regs[i] = 0;
	}
	x->suspends++;
	return 0;
}

static int runtime_resume(struct device *dev)
{
	struct x_dev *x = dev->driver_data;

	if (dev->id == 3)
		return -5;
	for (u32 i = 0; i < x->nregs; i++)
		x->regs[i] = x->context[i] + 1;
	return 0;
}

static int runtime_idle(struct device *dev)
{
	struct x_dev *x = dev->driver_data;

	x->lost += dev->power.use_autosuspend;
	return dev->power.children > 1 ? -16 : 0;
}

static int count_busy(struct device *child, void *data)
{
	struct x_dev *x = child->driver_data;
	u32 *sum = data;

	if (!x)
		return 0;
	*sum += x->regs[0] + child->power.usage;
	x->busy = 0;
	return child->id == 5;
}

static int suspend(struct device *dev)
{
	struct x_dev *x = dev->driver_data;
	u32 sum = 0;

	report(kdevice_for_each_child(dev, &sum, count_busy));
	report(sum);
	if (dev->power.status == 0)
		runtime_suspend(dev);
	report(x->context[0] + x->regs[0]);
	x->busy = dev->id == 4;
	return 0;
}

static int resume(struct device *dev)
{
	struct x_dev *x = dev->driver_data;

	report(x->busy);
	return runtime_resume(dev);
}

static const struct dev_pm_ops pm = {
	suspend, resume, runtime_suspend, runtime_resume, runtime_idle};
static struct device_driver driver = {"x", probe, remove, &pm};

static int x_init(void)
{
	return kdriver_register(&driver);
}

module_init(x_init);
