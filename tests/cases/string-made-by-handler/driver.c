// SPDX-License-Identifier: MIT
#include <linux/api.h>

static char *node(struct dev *d, u16 *mode)
{
	if (mode)
		*mode = 0600 + d->minor;
	char *s = kmalloc(16, 0);
	memcpy(s, "x/", 2);
	int i = 0;
	for (; d->name[i]; i++)
		s[2 + i] = d->name[i];
	s[2 + i] = 0;
	return s;
}

static int uev(struct dev *d, struct env *e)
{
	int *k = d->drvdata;
	(*k)++;
	if (add_var(e, "KIND=x"))
		return -12;
	return add_var(e, d->minor ? "ODD=1" : "ODD=0");
}
static struct class C = {"x", node, uev};
static int k;

static int x_init(void)
{
	report(class_register(&C));
	struct dev *d = dev_new(&C, &k, 3, "three");
	report(d->minor);
	report(k);
	return 0;
}

module_init(x_init);
