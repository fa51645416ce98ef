// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define SHIFTED(reg, shift, max) ((reg) | (shift) << 8 | (max) << 16)

struct x_codec {
	u16 regs[4];
	u32 puts, frees;
};

static const char *const sources[] = {"mic", "line", "aux-in"};

static int x_volume_info(struct control *c, struct elem_info *info)
{
	unsigned long v = c->ops.private_value;

	info->type = v >> 16 == 1 ? ELEM_BOOL : ELEM_INT;
	info->count = 2;
	info->value.integer.min = 0;
	info->value.integer.max = v >> 16;
	info->value.integer.step = info->index + 1;
	return 0;
}

static int x_volume_get(struct control *c, struct elem_value *v)
{
	struct x_codec *x = c->private_data;
	unsigned long p = c->ops.private_value;

	for (int i = 0; i < 2; i++)
		v->value.integer[i] = x->regs[(p & 0xff) + i] >> (p >> 8 & 0xff) & p >> 16;
	return 0;
}

static int x_volume_put(struct control *c, struct elem_value *v)
{
	struct x_codec *x = c->private_data;
	unsigned long p = c->ops.private_value;
	int shift = p >> 8 & 0xff, changed = 0;

	for (int i = 0; i < 2; i++) {
		u16 *reg = &x->regs[(p & 0xff) + i], old = *reg;

		if (v->value.integer[i] > (long)(p >> 16))
			return -22;
		*reg = (old & ~(p >> 16 << shift)) | v->value.integer[i] << shift;
		changed |= *reg != old;
	}
	x->puts++;
	return changed;
}

static int x_source_info(struct control *c, struct elem_info *info)
{
	u32 item = info->value.enumerated.item < 3 ? info->value.enumerated.item : 2;

	info->type = ELEM_ENUM;
	info->count = 1;
	info->value.enumerated.items = 3;
	strscpy(info->value.enumerated.name, sources[item], 16);
	return 0;
}

static int x_source_get(struct control *c, struct elem_value *v)
{
	struct x_codec *x = c->private_data;

	v->value.item[0] = x->regs[3];
	v->value.item[3] = x->puts;
	return 0;
}

static int x_source_put(struct control *c, struct elem_value *v)
{
	struct x_codec *x = c->private_data;

	if (v->value.item[0] > 2)
		return -22;
	x->regs[3] = v->value.item[0];
	return ++x->puts;
}

static void x_free(struct control *c)
{
	struct x_codec *x = c->private_data;

	report(++x->frees * 100 + c->name[0]);
}

static const struct control_new controls[] = {
	{"Master", 1, x_volume_info, x_volume_get, x_volume_put, SHIFTED(0, 4, 31)},
	{"Switch", 1, x_volume_info, x_volume_get, x_volume_put, SHIFTED(1, 0, 1)},
	{"Source", 1, x_source_info, x_source_get, x_source_put},
};

static int x_init(void)
{
	struct x_codec *x = kzalloc(sizeof(*x), 0);

	x->regs[0] = 0x1f5;
	x->regs[1] = 0x3a;
	for (int i = 0; i < 3; i++) {
		struct control *c = control_new(&controls[i], x);

		if (i == 1)
			c->name[0] = 'M';
		c->private_free = x_free;
		if (control_add(c))
			return -12;
		report(c->ops.count);
	}
	return 0;
}

module_init(x_init);
