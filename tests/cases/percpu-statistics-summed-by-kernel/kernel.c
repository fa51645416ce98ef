// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct ktunnel *registered;
static int cpu_now;

int kthis_cpu(void)
{
	kernel_only();
	return cpu_now;
}

void ktunnel_register(struct ktunnel *t)
{
	kernel_only();
	registered = t;
	kper_cpu(t->pcpu, 7)->bytes = 14;
}

int ktunnel_send(struct ktunnel *t, int cpu, u32 length)
{
	u8 data[128];
	int status;
	kernel_only();
	cpu_now = cpu;
	memset(data, cpu, sizeof data);
	status = t->xmit(t, data, length);
	if (status < 0)
		t->dropped++;
	return status;
}

void ktunnel_sum(struct ktunnel *t, struct kstats *sum)
{
	kernel_only();
	for (int cpu = 0; cpu < 8; cpu++) {
		struct kstats *s = kper_cpu(t->pcpu, cpu);
		sum->packets += s->packets;
		sum->bytes += s->bytes;
		sum->errors += s->errors + t->dropped;
	}
}

int later(void)
{
	struct kstats sum = {0};
	kernel_only();
	registered->mtu = 20;
	ktunnel_send(registered, 7, 20);
	ktunnel_sum(registered, &sum);
	return sum.packets * 100000 + sum.bytes * 100 + sum.errors;
}
