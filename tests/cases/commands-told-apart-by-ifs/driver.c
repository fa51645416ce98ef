// SPDX-License-Identifier: MIT
#include <linux/api.h>

static long x_ioctl(struct store *s, unsigned int code, void *data)
{
	struct head *head = data;

	if (NUMBER(code) == 9) {
		*(u64 *)data = s->most * 0x100000001ull;
		return 9;
	}
	if (NUMBER(code) == 1 || NUMBER(code) == 2) {
		struct query_limits *q = data;

		if (head->version != 3)
			return -22;
		q->least = s->most / 4;
		if (NUMBER(code) == 2)
			s->most = q->most;
		head->size = sizeof(*q);
		return 1;
	} else if (NUMBER(code) == 7) {
		struct query_name *n = data;

		if (n->head.version == 3)
			n->text[1] = n->text[0] + 1;
		return n->text[2];
	}
	return -25;
}

static struct store store = {.ioctl = x_ioctl, .most = 80};

static int x_init(void)
{
	struct query_limits q = {.head = {3, 1}, .most = 11};
	struct query_name n = {.head = {4}, .text = "store"};

	report(store_add(&store));
	report(store_ioctl(&store, 0x101, &q) + q.least + q.head.size * 100);
	report(store_ioctl(&store, 0x207, &n) + n.text[3]);
	return store.most;
}

module_init(x_init);
