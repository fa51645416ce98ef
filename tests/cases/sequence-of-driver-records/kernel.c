// SPDX-License-Identifier: MIT
#include <linux/api.h>

int seq_put(struct seq *m, const char *s)
{
	kernel_only();
	while (*s && m->count < 127)
		m->buf[m->count++] = *s++;
	return 0;
}
static const struct seq_ops *O;
static void *P;
static char N[16];

static int walk(void)
{
	static struct seq m;
	u64 pos = 0;
	int r = 0;
	long h = 0;
	m.count = 0;
	m.private = P;
	void *v = O->start(&m, &pos);
	while (v) {
		r += O->show(&m, v);
		v = O->next(&m, v, &pos);
	}
	O->stop(&m, v);
	for (size_t i = 0; i < m.count; i++)
		h = h * 31 + m.buf[i];
	report(h);
	report(m.count);
	return r;
}

int seq_reg(const char *name, const struct seq_ops *ops, void *data)
{
	kernel_only();
	O = ops;
	P = data;
	for (int i = 0; name[i] && i < 15; i++)
		N[i] = name[i];
	report(N[0] + N[4]);
	return walk();
}

int later(void)
{
	return walk();
}
