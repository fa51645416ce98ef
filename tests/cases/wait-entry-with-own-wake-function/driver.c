// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_waiter {
	u32 needs, woken;
	struct kwait_entry wait;
};

static u32 x_total;

static int x_wake(struct kwait_entry *entry, void *data)
{
	struct x_waiter *w = container_of(entry, struct x_waiter, wait);
	struct kevent_key *key = data;
	if (key->events < w->needs)
		return 0;
	key->events -= w->needs;
	key->taken = key->taken * 10 + w->needs;
	w->woken++;
	x_total += w->needs;
	if (w->needs > 1) {
		entry->entry.next->prev = entry->entry.prev;
		entry->entry.prev->next = entry->entry.next;
	}
	return w->needs;
}

static int x_init(void)
{
	static const u32 needs[] = {1, 2, 3};
	struct kevent *event = kevent_get(1);
	struct x_waiter *w[3];
	for (int i = 0; i < 3; i++) {
		w[i] = kzalloc(sizeof *w[i], 0);
		w[i]->needs = needs[i];
		w[i]->wait.wake = x_wake;
		kwait_add(&event->wait, &w[i]->wait);
	}
	report(kevent_signal(event, 2));
	report(kevent_signal(event, 4));
	report(event->count * 1000 + x_total * 10 + w[2]->woken);
	return 0;
}

module_init(x_init);
