// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_queue {
	struct knapi napi;
	struct knetif *dev;
	u32 pending, completed;
};

static int x_poll(struct knapi *napi, int budget)
{
	struct x_queue *q = container_of(napi, struct x_queue, napi);
	int work = 0;
	for (; q->pending && work < budget; work++)
		knetif_receive(q->dev, 60 + q->pending--);
	if (work < budget) {
		q->completed += napi->polls;
		knapi_complete(napi, work);
	}
	return work;
}

static int x_init(void)
{
	struct knetif *dev = kzalloc(sizeof *dev, 0);
	struct x_queue *q = kzalloc(2 * sizeof *q, 0);
	for (int i = 0; i < 2; i++) {
		q[i].dev = dev;
		q[i].napi.weight = 2 + i;
		q[i].napi.poll = x_poll;
		q[i].pending = 4 - i * 2;
		report(knapi_schedule(&q[i].napi));
	}
	report(ksoftirq(3));
	report(dev->packets * 1000 + dev->bytes);
	report(ksoftirq(2));
	report(q[1].completed * 100 + q[0].pending);
	q[1].pending = 3;
	report(knapi_schedule(&q[1].napi) * 10 + q[0].napi.scheduled);
	return 0;
}

module_init(x_init);
