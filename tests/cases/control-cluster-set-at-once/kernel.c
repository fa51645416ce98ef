// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kctrl_handler *last;

struct kctrl *kctrl_new(struct kctrl_handler *h, int (*set)(struct kctrl *c), int id, int value)
{
	struct kctrl *c = kzalloc(sizeof *c, 0);
	kernel_only();
	*c = (struct kctrl){.next = h->first, .handler = h, .set = set, .id = id};
	c->value = c->current = value;
	h->first = c;
	last = h;
	return c;
}

void kctrl_cluster(u32 n, struct kctrl **controls)
{
	kernel_only();
	for (u32 i = 0; i < n; i++) {
		controls[i]->cluster = controls;
		controls[i]->ncluster = n;
	}
}

int kctrl_set(struct kctrl_handler *h, int id, int value)
{
	struct kctrl *c = h->first, *alone[1], **cluster;
	kernel_only();
	mutex_lock(&h->lock);
	while (c->id != id)
		c = c->next;
	alone[0] = c;
	cluster = c->cluster ? c->cluster : alone;
	c->value = value;
	c->is_new = 1;
	h->error = cluster[0]->set(cluster[0]);
	for (u32 i = 0; !h->error && i < (c->cluster ? c->ncluster : 1); i++)
		cluster[i]->current = cluster[i]->value;
	c->is_new = 0;
	mutex_unlock(&h->lock);
	return h->error ? h->error : c->current + c->is_volatile * 1000;
}

int later(void)
{
	int gain, tone = kctrl_set(last, 3, 7);
	kernel_only();
	kctrl_set(last, 1, 0);
	gain = kctrl_set(last, 2, 33);
	return gain * 10 + tone * 1000 + last->tries;
}
