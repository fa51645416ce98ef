// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct knapi {
	struct knapi *next;
	u32 scheduled;
	int weight;
	int (*poll)(struct knapi *napi, int budget);
	u32 polls;
};

struct knetif {
	u32 packets, bytes;
};

int knapi_schedule(struct knapi *napi);
void knapi_complete(struct knapi *napi, int work);
void knetif_receive(struct knetif *dev, u32 length);
int ksoftirq(int budget);
