// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 freed_hits;

static void x_free_routes(struct krcu_head *head)
{
	struct kroutes *old = container_of(head, struct kroutes, rcu);
	freed_hits = freed_hits * 10 + old->n + old->route[0].hits;
	kfree(old);
}

static int x_learn(struct kswitch *sw, u32 prefix)
{
	struct kroutes *old = sw->routes, *new;
	u32 n = old->n;
	new = kzalloc(sizeof *new + (n + 1) * sizeof new->route[0], 0);
	memcpy(new->route, old->route, n * sizeof new->route[0]);
	new->route[n].prefix = prefix;
	new->route[n].port = n + 5;
	new->n = n + 1;
	sw->routes = new;
	kcall_rcu(&old->rcu, x_free_routes);
	return n;
}

static int x_init(void)
{
	struct kswitch *sw = kzalloc(sizeof *sw, 0);
	sw->learn = x_learn;
	sw->routes = kzalloc(sizeof *sw->routes + sizeof(struct kroute), 0);
	report(kswitch_forward(sw, 10));
	report(kswitch_forward(sw, 20));
	report(sw->routes->route[0].hits * 10 + sw->routes->n);
	kgrace_period();
	report(freed_hits);
	return 0;
}

module_init(x_init);
