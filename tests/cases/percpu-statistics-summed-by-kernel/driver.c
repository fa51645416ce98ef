// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_xmit(struct ktunnel *t, const u8 *data, u32 length)
{
	struct kstats *s = kper_cpu(t->pcpu, kthis_cpu());
	if (length > t->mtu) {
		s->errors++;
		return -90;
	}
	s->packets++;
	s->bytes += length + data[length - 1];
	return s->packets;
}

static int x_init(void)
{
	struct ktunnel *t = kzalloc(sizeof *t, 0);
	struct kstats sum = {0};
	t->xmit = x_xmit;
	t->mtu = 100;
	t->pcpu = __alloc_percpu(sizeof *t->pcpu, 8);
	ktunnel_register(t);
	report(ktunnel_send(t, 2, 40));
	report(ktunnel_send(t, 2, 30));
	report(ktunnel_send(t, 5, 101));
	ktunnel_sum(t, &sum);
	report((sum.packets * 1000 + sum.bytes) * 100 + sum.errors);
	report(kper_cpu(t->pcpu, 2)->packets * 100 + kper_cpu(t->pcpu, 7)->bytes);
	return 0;
}

module_init(x_init);
