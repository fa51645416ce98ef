// SPDX-License-Identifier: MIT
#include <linux/api.h>

enum { ID_GAIN = 10, ID_AUTO, ID_EXPOSURE, ID_FLIP, ID_TEMP };

struct x_sensor {
	u32 writes;
	struct ctrl_handler hdl;

	struct {
		struct ctrl *autoexp;
		struct ctrl *exposure;
	};
	struct ctrl *flip;
	u16 regs[16];
};

static struct x_sensor *to_sensor(struct ctrl *c)
{
	return container_of(c->handler, struct x_sensor, hdl);
}

static int x_s_ctrl(struct ctrl *c)
{
	struct x_sensor *s = to_sensor(c);

	s->writes++;
	switch (c->id) {
	case ID_AUTO:
		s->regs[1] = c->val;
		if (!c->val && s->exposure->is_new)
			s->regs[2] = s->exposure->val * 16;
		break;
	case ID_GAIN:
		if (c->val == 13)
			return -22;
		s->regs[0] = c->val;
		if (s->flip)
			s->flip->maximum = c->val;
		break;
	case ID_FLIP:
		s->regs[3] ^= c->val;
		break;
	}
	report(c->id * 100000 + s->writes * 10000 + s->regs[c->id - ID_GAIN]);
	return 0;
}

static int x_volatile(struct ctrl *c)
{
	struct x_sensor *s = to_sensor(c);

	if (c->id == ID_AUTO && c->val)
		s->exposure->val = s->regs[0] * 3;
	else if (c->id == ID_TEMP)
		c->val = 20 + s->writes;
	return 0;
}

static int x_try(struct ctrl *c)
{
	c->val &= ~1;
	return 0;
}

static const struct ctrl_ops ops = {x_volatile, NULL, x_s_ctrl};
static const struct ctrl_ops flip_ops = {NULL, x_try, x_s_ctrl};

static int x_init(void)
{
	struct x_sensor *s = kzalloc(sizeof(*s), 0);
	struct ctrl *temp;
	int status;

	ctrl_handler_init(&s->hdl);
	ctrl_new(&s->hdl, &ops, ID_GAIN, 0, 64, 8);
	s->autoexp = ctrl_new(&s->hdl, &ops, ID_AUTO, 0, 1, 1);
	s->exposure = ctrl_new(&s->hdl, &ops, ID_EXPOSURE, 1, 500, 100);
	s->flip = ctrl_new(&s->hdl, &flip_ops, ID_FLIP, 0, 7, 5);
	temp = ctrl_new(&s->hdl, &ops, ID_TEMP, -40, 125, 0);
	if (s->hdl.error)
		return s->hdl.error;
	temp->is_volatile = 1;
	s->exposure->is_volatile = 1;
	ctrl_cluster(2, &s->autoexp);
	status = ctrl_setup(&s->hdl);
	report(s->hdl.count * 10 + s->exposure->ncontrols);
	report(s->regs[0] + s->regs[3] * 100);
	ctrl_publish(&s->hdl);
	return status;
}

module_init(x_init);
