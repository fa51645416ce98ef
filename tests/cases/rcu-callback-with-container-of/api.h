// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct rcu_head {
	struct rcu_head *next;
	void (*func)(struct rcu_head *head);
};

void kcall_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));
void kbarrier(void);
