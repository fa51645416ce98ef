// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct ctrl_handler *handler;

void ctrl_handler_init(struct ctrl_handler *h)
{
	kernel_only();
	h->first = NULL;
	h->count = 0;
	h->error = 0;
}

struct ctrl *ctrl_new(
	struct ctrl_handler *h, const struct ctrl_ops *ops, u32 id, int min, int max, int def)
{
	struct ctrl *c, **p;

	kernel_only();
	if (h->error || def < min || def > max) {
		h->error = -34;
		return NULL;
	}
	c = kzalloc(sizeof(*c), 0);
	c->handler = h;
	c->ops = ops;
	c->id = id;
	c->minimum = min;
	c->maximum = max;
	c->val = c->cur = def;
	c->ncontrols = 1;
	for (p = &h->first; *p; p = &(*p)->next)
		;
	*p = c;
	h->count++;
	return c;
}

void ctrl_cluster(u32 n, struct ctrl **controls)
{
	kernel_only();
	for (u32 i = 0; i < n; i++) {
		controls[i]->cluster = controls;
		controls[i]->ncontrols = n;
	}
}

static int apply(struct ctrl *c)
{
	struct ctrl *master = c->cluster ? c->cluster[0] : c;
	int status = 0;

	if (master->ops->try_ctrl)
		status = master->ops->try_ctrl(master);
	if (!status)
		status = master->ops->s_ctrl(master);
	for (u32 i = 0; c->cluster && i < c->ncontrols; i++) {
		c->cluster[i]->cur = status ? c->cluster[i]->cur : c->cluster[i]->val;
		c->cluster[i]->is_new = 0;
	}
	if (!c->cluster)
		c->val = c->cur = status ? c->cur : c->val;
	return status;
}

int ctrl_setup(struct ctrl_handler *h)
{
	kernel_only();
	for (struct ctrl *c = h->first; c; c = c->next) {
		int status;

		if (c->is_volatile || (c->cluster && c->cluster[0] != c))
			continue;
		c->is_new = 1;
		status = apply(c);
		if (status)
			return status;
	}
	return 0;
}

void ctrl_publish(struct ctrl_handler *h)
{
	kernel_only();
	handler = h;
}

static struct ctrl *find(u32 id)
{
	for (struct ctrl *c = handler->first; c; c = c->next)
		if (c->id == id)
			return c;
	return NULL;
}

static void set(u32 id, int val)
{
	struct ctrl *c = find(id);

	c->val = val > c->maximum ? c->maximum : val;
	c->is_new = 1;
	report(apply(c));
}

static void get(u32 id)
{
	struct ctrl *c = find(id), *master = c->cluster ? c->cluster[0] : c;

	if (c->is_volatile) {
		master->ops->g_volatile(master);
		report(c->val);
	} else {
		report(c->cur * 10);
	}
}

int later(void)
{
	get(12);
	get(14);
	set(10, 6);
	set(13, 99);
	get(13);
	get(12);
	set(12, 44);
	set(11, 0);
	set(12, 45);
	get(12);
	set(10, 13);
	get(10);
	get(14);
	return handler->count;
}
