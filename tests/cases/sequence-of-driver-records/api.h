// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct seq {
	char buf[128];
	size_t count;
	void *private;
};

struct seq_ops {
	int (*show)(struct seq *m, void *v);
	void *(*start)(struct seq *m, u64 *pos);
	void *(*next)(struct seq *m, void *v, u64 *pos);
	void (*stop)(struct seq *m, void *v);
};

int seq_put(struct seq *m, const char *s);
int seq_reg(const char *name, const struct seq_ops *ops, void *data);
