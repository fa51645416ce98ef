// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct class *C;
static struct dev *last;

int class_register(struct class *c)
{
	kernel_only();
	C = c;
	return c->name[0];
}

int add_var(struct env *e, const char *t)
{
	kernel_only();
	char *p = e->buf + e->len;
	if (e->n == 8)
		return -12;
	e->envp[e->n++] = p;
	while ((*p++ = *t++))
		e->len++;
	e->len++;
	return 0;
}

static void show(struct dev *d)
{
	u16 mode = 0;
	char *s = C->devnode(d, &mode);
	long h = mode;
	for (int i = 0; s[i]; i++)
		h = h * 31 + s[i];
	report(h);
	kfree(s);
	struct env *e = kzalloc(sizeof(*e), 0);
	report(C->uevent(d, e));
	h = e->len;
	for (int i = 0; i < e->n; i++)
		for (char *p = e->envp[i]; *p; p++)
			h = h * 31 + *p;
	report(h);
	kfree(e);
}

struct dev *dev_new(struct class *c, void *drvdata, u32 minor, const char *name)
{
	kernel_only();
	struct dev *d = kzalloc(sizeof(*d), 0);
	d->drvdata = drvdata, d->minor = minor, d->name = name;
	last = d;
	show(d);
	return d;
}

int later(void)
{
	show(last);
	return 0;
}
