// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct notifier *chain;

int knotify_add(struct notifier *notifier)
{
	struct notifier **at = &chain;

	kernel_only();
	while (*at && (*at)->priority >= notifier->priority)
		at = &(*at)->next;
	notifier->next = *at;
	*at = notifier;
	return 0;
}

int knotify_del(struct notifier *notifier)
{
	kernel_only();
	for (struct notifier **at = &chain; *at; at = &(*at)->next)
		if (*at == notifier) {
			*at = notifier->next;
			return 0;
		}
	return -2;
}

int knotify(u64 event)
{
	struct change change = {1, event};

	kernel_only();
	for (struct notifier *n = chain; n; n = n->next)
		if (n->call(n, event, &change))
			return 90;
	return change.new;
}
