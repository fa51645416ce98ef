// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct seq_file {
	char *buf;
	size_t size, count;
	const struct seq_operations *op;
	void *private;
};

struct seq_operations {
	void *(*start)(struct seq_file *m, long *pos);
	void *(*next)(struct seq_file *m, void *v, long *pos);
	void (*stop)(struct seq_file *m, void *v);
	int (*show)(struct seq_file *m, void *v);
};

int proc_create_seq(const char *name, const struct seq_operations *op, void *data);
void seq_write(struct seq_file *m, const void *data, size_t len);
