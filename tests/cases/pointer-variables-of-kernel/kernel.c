// SPDX-License-Identifier: MIT
#include <linux/api.h>
// All that both sides have noted, in its order.
static u32 noted;

void note(long value)
{
	kernel_only();
	noted = noted * 31 + value;
}

static struct wq the_wq = {.name = "events"};
static struct wq the_other = {.name = "other", .count = 77};
struct wq *system_wq = &the_wq;
struct wq *const other_wq = &the_other;

int queue_work(struct wq *q, struct work *w)
{
	kernel_only();
	if (w->pending)
		return 0;
	w->pending = 1;
	q->queued = w;
	q->count++;
	return 1;
}

int later(void)
{
	struct work *w = the_wq.queued;
	note(the_wq.count);
	if (w) {
		w->pending = 0;
		the_wq.queued = NULL;
		w->fn(w);
		note(w->pending);
	}
	return noted;
}
