// SPDX-License-Identifier: MIT
#include <linux/api.h>

#include <stdarg.h>

int vsnprintf(char *to, size_t size, const char *format, va_list arguments);

static struct knode *top;

struct knode *knode_get(struct knode *k)
{
	kernel_only();
	k->refs++;
	return k;
}

void knode_put(struct knode *k)
{
	struct knode *parent = k->parent;

	kernel_only();
	if (--k->refs)
		return;
	k->type->release(k);
	if (parent)
		knode_put(parent);
}

int knode_add(
	struct knode *k, const struct ktype *type, struct knode *parent, const char *format, ...)
{
	va_list arguments;

	kernel_only();
	va_start(arguments, format);
	vsnprintf(k->name, sizeof(k->name), format, arguments);
	va_end(arguments);
	k->refs = 1;
	k->type = type;
	if (k->name[3])
		return -17;
	if (!parent) {
		top = k;
		return 0;
	}
	k->parent = knode_get(parent);
	k->sibling = parent->child;
	parent->child = k;
	return 0;
}

static void visit(struct knode *k)
{
	struct kattr *a;

	for (int i = 0; (a = k->type->attrs[i]); i++) {
		char buf[16] = {0};
		long n = k->type->ops->show(k, a, buf);

		report(n * 1000000 + buf[0] * 10000 + buf[1] * 100 + buf[2]);
		report(k->type->ops->store(k, a, "4", a->mode == 0644 ? 1 : 9));
	}
	for (struct knode *c = k->child; c; c = c->sibling)
		visit(c);
}

int later(void)
{
	struct knode *right = top->child, *left = right->sibling;

	visit(top);
	visit(top);
	knode_put(right);
	report(right->refs);
	knode_put(left);
	report(top->refs);
	knode_put(top);
	return 0;
}
