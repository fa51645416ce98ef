// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct priv {
	struct work work;
	u32 runs;
	struct wq *mine;
};

static void x_work(struct work *w)
{
	struct priv *p = container_of(w, struct priv, work);
	p->runs += 3;
	note(p->runs);
	note(p->mine->count);
}

static int x_init(void)
{
	struct priv *p = kzalloc(sizeof *p, 0);
	p->work.fn = x_work;
	p->mine = system_wq;
	note(queue_work(system_wq, &p->work));
	note(system_wq->count);
	note(queue_work(p->mine, &p->work));
	note(p->mine->count);
	note(other_wq->count);
	return 0;
}

module_init(x_init);
