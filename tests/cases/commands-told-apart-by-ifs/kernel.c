// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct store *store;

int store_add(struct store *s)
{
	kernel_only();
	store = s;
	return 0;
}

long store_ioctl(struct store *s, unsigned int code, void *data)
{
	struct head *head = data;

	kernel_only();
	if (NUMBER(code) == 1) {
		struct query_limits *q = data;

		q->least = q->most + head->version;
		head->size = 5;
		return code >> 8;
	}
	if (NUMBER(code) == 7) {
		struct query_name *n = data;

		n->text[3] = n->head.version + 'a';
		return code >> 8;
	}
	return -1;
}

int later(void)
{
	struct query_limits q = {.head = {3, 1}, .most = 33};
	struct query_name n = {.head = {3}, .text = "kernel"};
	u64 wide = 1;

	report(store->ioctl(store, 0x501, &q) + q.least * 10 + q.head.size * 1000);
	report(store->ioctl(store, 0x602, &q) + store->most * 10);
	q.head.version = 2;
	report(store->ioctl(store, 0x602, &q));
	report(store->ioctl(store, 0x707, &n) + n.text[1] * 1000);
	report(store->ioctl(store, 0x809, &wide) + wide % 1000003);
	return store->ioctl(store, 0x808, &wide);
}
