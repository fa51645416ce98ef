// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct hw {
	u32 info, formats, rate_min, rate_max;
	u64 bytes_max;
};

struct runtime {
	struct hw hw;
	void *priv;
	u8 *area;
	u64 bytes;
	u32 rate;
	u64 appl;
};
struct sub;

struct pops {
	int (*open)(struct sub *);
	int (*close)(struct sub *);
	int (*prepare)(struct sub *);
	int (*trigger)(struct sub *, int cmd);
	u64 (*pointer)(struct sub *);
};

struct pcm {
	void *priv;
	const char *name;
};

struct sub {
	struct pcm *pcm;
	struct runtime *runtime;
	const struct pops *ops;
	int stream;
};

int pcm_new(const char *name, struct pcm **out);
void pcm_ops(struct pcm *p, const struct pops *ops);
void pcm_elapsed(struct sub *s);
