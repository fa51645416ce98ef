// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct seq_file file;
static char page[64];
static long at;

static int traverse(u32 max)
{
	void *v = file.op->start(&file, &at);
	u32 n = 0;
	for (; v && n < max; v = file.op->next(&file, v, &at), n++)
		file.count -= file.op->show(&file, v);
	file.op->stop(&file, v);
	return n;
}

int proc_create_seq(const char *name, const struct seq_operations *op, void *data)
{
	kernel_only();
	file = (struct seq_file){.buf = page, .size = sizeof(page), .op = op, .private = data};
	return name[0] + traverse(1);
}

void seq_write(struct seq_file *m, const void *data, size_t len)
{
	kernel_only();
	memcpy(m->buf + m->count, data, len);
	m->count += len;
}

int later(void)
{
	int sum = traverse(9) * 100000 + at * 10000;
	kernel_only();
	for (size_t i = 0; i < file.count; i++)
		sum += page[i] * (i + 1);
	return sum;
}
