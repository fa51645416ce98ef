// SPDX-License-Identifier: MIT
#include <linux/api.h>

#include <stdarg.h>

int vsnprintf(char *to, size_t size, const char *format, va_list arguments);

static const struct seq_operations *seq_ops;
static void *seq_data;

int proc_create_seq(const char *name, const struct seq_operations *ops, void *data)
{
	kernel_only();
	report(name[2]);
	seq_ops = ops;
	seq_data = data;
	return 0;
}

void seq_printf(struct seq_file *m, const char *format, ...)
{
	va_list arguments;
	int length;

	kernel_only();
	va_start(arguments, format);
	length = vsnprintf(m->buf + m->count, m->size - m->count, format, arguments);
	va_end(arguments);
	m->count = m->count + length < m->size ? m->count + length : m->size;
}

void seq_putc(struct seq_file *m, char c)
{
	kernel_only();
	if (m->count < m->size)
		m->buf[m->count++] = c;
}

static void read_file(size_t size)
{
	char buf[64];
	struct seq_file m = {buf, size, 0, seq_data, seq_ops};
	long pos = 0, sum = 0, total = 0;

	for (int reads = 0; reads < 10; reads++) {
		void *v = m.op->start(&m, &pos);
		size_t before = total;

		while (v && m.count + 16 < m.size) {
			m.op->show(&m, v);
			v = m.op->next(&m, v, &pos);
		}
		m.op->stop(&m, v);
		for (size_t i = 0; i < m.count; i++)
			sum = (sum * 31 + buf[i]) % 1000003;
		total += m.count;
		m.count = 0;
		if (total == before)
			break;
	}
	report(sum);
	report(total * 100 + pos);
}

int later(void)
{
	read_file(32);
	read_file(64);
	read_file(64);
	return 0;
}
