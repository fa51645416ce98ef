// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct control *controls[4];
static int ncontrols;

struct control *control_new(const struct control_new *n, void *private_data)
{
	struct control *c = kzalloc(sizeof(*c), 0);

	kernel_only();
	c->ops = *n;
	strscpy(c->name, n->name, sizeof(c->name));
	c->private_data = private_data;
	return c;
}

int control_add(struct control *c)
{
	kernel_only();
	c->ops.count += ncontrols;
	controls[ncontrols++] = c;
	report(c->name[0] * 1000 + c->ops.private_value % 1000);
	return 0;
}

static void try(struct control *c, u32 index, long a, long b)
{
	struct elem_info info = {index};
	struct elem_value v = {index};

	info.value.enumerated.item = index;
	report(c->ops.info(c, &info));
	if (info.type == ELEM_ENUM) {
		report(info.value.enumerated.items * 1000 + info.value.enumerated.name[1]);
		v.value.item[0] = a;
	} else {
		report(info.type * 1000 + info.value.integer.max * 10 + info.value.integer.step);
		v.value.integer[0] = a;
		v.value.integer[1] = b;
	}
	report(c->ops.put(c, &v));
	memset(&v, 0, sizeof(v));
	c->ops.get(c, &v);
	if (info.type == ELEM_ENUM)
		report(v.value.item[0] * 10 + v.value.item[3]);
	else
		report(v.value.integer[0] * 100 + v.value.integer[1]);
}

int later(void)
{
	try(controls[0], 0, 9, 30);
	try(controls[0], 1, 9, 30);
	try(controls[1], 0, 1, 0);
	try(controls[1], 3, 2, 0);
	try(controls[2], 1, 2, 0);
	try(controls[2], 7, 5, 0);
	for (int i = 0; i < ncontrols; i++)
		controls[i]->private_free(controls[i]);
	return 0;
}
