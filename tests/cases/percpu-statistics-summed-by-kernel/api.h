// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kstats {
	u64 packets, bytes;
	u32 errors;
};

struct ktunnel {
	int (*xmit)(struct ktunnel *t, const u8 *data, u32 length);
	struct kstats *pcpu;
	u32 mtu;
	u64 dropped;
};

static inline struct kstats *kper_cpu(struct kstats *base, int cpu)
{
	return (struct kstats *)((char *)base + cpu * sizeof *base);
}

void *__alloc_percpu(size_t size, size_t align);
int kthis_cpu(void);
void ktunnel_register(struct ktunnel *t);
int ktunnel_send(struct ktunnel *t, int cpu, u32 length);
void ktunnel_sum(struct ktunnel *t, struct kstats *sum);
