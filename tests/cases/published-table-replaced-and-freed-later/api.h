// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct krcu_head {
	struct krcu_head *next;
	void (*func)(struct krcu_head *head);
};

struct kroute {
	u32 prefix, port, hits;
};

struct kroutes {
	u32 n;
	struct krcu_head rcu;
	struct kroute route[];
};

struct kswitch {
	struct kroutes *volatile routes;
	int (*learn)(struct kswitch *sw, u32 prefix);
};

void kcall_rcu(struct krcu_head *head, void (*func)(struct krcu_head *head));
void kgrace_period(void);
int kswitch_forward(struct kswitch *sw, u32 prefix);
