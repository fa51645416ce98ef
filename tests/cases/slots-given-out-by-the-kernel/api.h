// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct tfm;

struct alg {
	u32 ctx_size, digest;
	int (*init)(struct tfm *t);
	int (*update)(struct tfm *t, u32 value);
	u32 (*final)(struct tfm *t);
};

struct tfm {
	const struct alg *alg;
	u32 id;
	u64 ctx[];
};

int alg_register(const struct alg *a);
void *tfm_ctx(struct tfm *t);
void *tfm_scratch(struct tfm *t, u32 n);
