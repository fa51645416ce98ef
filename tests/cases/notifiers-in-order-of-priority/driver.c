// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct watcher {
	u32 id, events;
	struct notifier block;
};

static u32 log;

static int changed(struct notifier *notifier, u64 event, void *data)
{
	struct watcher *w = container_of(notifier, struct watcher, block);
	struct change *change = data;

	log = log * 10 + w->id;
	w->events += event;
	if (event == 3 && w->id == 2)
		return -1;
	change->new += w->id;
	return 0;
}

static struct watcher fixed = {.id = 1, .block = {changed, NULL, 5}};

static int scenario(void)
{
	struct watcher *w = kzalloc(sizeof(*w), 0), *x = kzalloc(sizeof(*x), 0);
	int sum;

	w->id = 2;
	w->block.call = changed;
	w->block.priority = 9;
	x->id = 3;
	x->block.call = changed;
	knotify_add(&fixed.block);
	knotify_add(&x->block);
	knotify_add(&w->block);
	sum = knotify(1);
	sum = sum * 100 + knotify(3);
	knotify_del(&w->block);
	kfree(w);
	sum = sum * 100 + knotify(4);
	report(log);
	report(fixed.events * 10 + x->events);
	return sum;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
