/* SPDX-License-Identifier: MIT */
/* Counters of each processor, the driver's or the kernel's own. */
#ifndef PERCPU_H
#define PERCPU_H

typedef unsigned int u32;
typedef unsigned long long u64;

struct counters {
	u64 packets;
	u64 bytes;
};

struct device {
	struct counters *counters;
	u32 number;
};

#define PROCESSORS 4
#define DISTANCE 4096

#endif
