// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct w {
	u32 rounds;
	u32 goal;
	struct task *t;
	struct list_head jobs;
} W;

struct job {
	struct list_head l;
	u32 v;
};

static int fn(void *data)
{
	struct w *w = data;
	while (!should_stop()) {
		w->rounds++;
		while (w->jobs.next != &w->jobs) {
			struct job *j = container_of(w->jobs.next, struct job, l);
			j->l.next->prev = j->l.prev;
			j->l.prev->next = j->l.next;
			report(j->v);
			kfree(j);
		}
		if (w->rounds >= w->goal)
			wait();
	}
	return w->rounds;
}

static int x_init(void)
{
	W.goal = 2;
	W.jobs.next = W.jobs.prev = &W.jobs;
	for (int i = 0; i < 3; i++) {
		struct job *j = kzalloc(sizeof(*j), 0);
		j->v = i * 7;
		j->l.next = &W.jobs;
		j->l.prev = W.jobs.prev;
		W.jobs.prev->next = &j->l;
		W.jobs.prev = &j->l;
	}
	W.t = thread_run(fn, &W, "xt");
	report(thread_stop(W.t));
	report(W.rounds);
	return 0;
}

module_init(x_init);
