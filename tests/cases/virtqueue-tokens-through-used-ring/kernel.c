// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kvq queue = {.num_free = 8};
static struct ksg descriptors[4][3];
static void *tokens[4];
static u32 added, seen, taken;

struct kvq *kvq_find(void (*callback)(struct kvq *vq))
{
	kernel_only();
	queue.callback = callback;
	return &queue;
}

int kvq_add(struct kvq *vq, const struct ksg *sg, u32 n, void *token)
{
	kernel_only();
	if (vq->num_free < n)
		return -28;
	memcpy(descriptors[added & 3], sg, n * sizeof *sg);
	tokens[added++ & 3] = token;
	return vq->num_free -= n;
}

void *kvq_get(struct kvq *vq, u32 *length)
{
	kernel_only();
	if (taken == seen)
		return NULL;
	vq->num_free += 3;
	*length = 9 + taken;
	return tokens[taken++ & 3];
}

void kvq_kick(struct kvq *vq)
{
	kernel_only();
	for (; seen < added; seen++) {
		struct ksg *sg = descriptors[seen & 3];
		u8 *data = sg[1].address;
		data[sg[1].length - 1] = *(u32 *)sg[0].address * 9;
		*(u8 *)sg[2].address = seen + data[0];
	}
	vq->callback(vq);
}

int later(void)
{
	kernel_only();
	kvq_kick(&queue);
	return queue.num_free * 10 + taken;
}
