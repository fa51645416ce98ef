// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kpsy *last;

int kpsy_get_supplier(struct kpsy *psy, enum kpsy_prop prop, union kpsy_val *val)
{
	kernel_only();
	if (prop == KPSY_MODEL)
		val->strval = psy->changes > 1 ? "charger" : "usb";
	else
		val->intval = 50 * psy->changes;
	return 0;
}

int kpsy_changed(struct kpsy *psy)
{
	int sum = 0;
	kernel_only();
	psy->changes++;
	last = psy;
	for (u32 i = 0; i < psy->num_props; i++) {
		union kpsy_val val = {0};
		if (psy->get(psy, psy->props[i], &val))
			sum += 1000000;
		else if (psy->props[i] == KPSY_MODEL)
			sum += val.strval[2] * 10000;
		else
			sum += val.intval;
	}
	psy->supplied(psy);
	return sum;
}

int later(void)
{
	union kpsy_val val;
	kernel_only();
	kpsy_changed(last);
	last->get(last, KPSY_MODEL, &val);
	return last->changes * 100 + val.strval[2];
}
