// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct seq_file {
	char *buf;
	size_t size, count;
	void *private;
	const struct seq_operations *op;
};

struct seq_operations {
	void *(*start)(struct seq_file *m, long *pos);
	void (*stop)(struct seq_file *m, void *v);
	void *(*next)(struct seq_file *m, void *v, long *pos);
	int (*show)(struct seq_file *m, void *v);
};

int proc_create_seq(const char *name, const struct seq_operations *ops, void *data);
void seq_printf(struct seq_file *m, const char *format, ...);
void seq_putc(struct seq_file *m, char c);
