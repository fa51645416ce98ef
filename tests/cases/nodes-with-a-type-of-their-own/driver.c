// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_node {
	u32 value;
	struct knode k;
	struct x_node *peer;
};

struct x_attr {
	struct kattr attr;
	long (*show)(struct x_node *n, char *buf);
	long (*store)(struct x_node *n, const char *buf, size_t count);
};

static u32 released;

static long value_show(struct x_node *n, char *buf)
{
	buf[0] = 'v';
	buf[1] = '0' + n->value % 10;
	buf[2] = n->k.parent ? n->k.parent->name[0] : '-';
	return 3;
}

static long value_store(struct x_node *n, const char *buf, size_t count)
{
	n->value += buf[0] - '0';
	if (n->peer)
		n->peer->value += count;
	return count;
}

static long peer_show(struct x_node *n, char *buf)
{
	if (!n->peer)
		return -2;
	buf[0] = n->peer->k.name[2];
	buf[1] = '0' + n->peer->k.refs;
	return 2;
}

static struct x_attr value_attr = {{"value", 0644}, value_show, value_store};
static struct x_attr peer_attr = {{"peer", 0444}, peer_show};
static struct kattr *attrs[] = {&value_attr.attr, &peer_attr.attr, NULL};

static long x_show(struct knode *k, struct kattr *attr, char *buf)
{
	struct x_attr *a = container_of(attr, struct x_attr, attr);

	return a->show(container_of(k, struct x_node, k), buf);
}

static long x_store(struct knode *k, struct kattr *attr, const char *buf, size_t count)
{
	struct x_attr *a = container_of(attr, struct x_attr, attr);

	return a->store ? a->store(container_of(k, struct x_node, k), buf, count) : -5;
}

static void x_release(struct knode *k)
{
	struct x_node *n = container_of(k, struct x_node, k);

	released = released * 100 + n->value;
	report(released);
	if (n->peer)
		knode_put(&n->peer->k);
	kfree(n);
}

static const struct kops ops = {x_show, x_store};
static const struct ktype type = {x_release, &ops, attrs};

static struct x_node *x_make(u32 value, struct x_node *parent)
{
	struct x_node *n = kzalloc(sizeof(*n), 0);

	n->value = value;
	if (knode_add(&n->k, &type, parent ? &parent->k : NULL, "%cn%u", 'a' + value, value)) {
		knode_put(&n->k);
		return NULL;
	}
	return n;
}

static int x_init(void)
{
	struct x_node *top = x_make(1, NULL), *left = x_make(2, top), *right = x_make(3, top);

	left->peer = container_of(knode_get(&right->k), struct x_node, k);
	report(x_make(30, top) == NULL);
	report(top->k.child->name[0] * 10 + right->k.refs);
	return 0;
}

module_init(x_init);
