// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct alg *algs[2];
static int nalgs;
static u8 *scratch;

int alg_register(const struct alg *a)
{
	kernel_only();
	algs[nalgs++] = a;
	return a->digest > 8 ? -22 : 0;
}

void *tfm_ctx(struct tfm *t)
{
	kernel_only();
	return t->ctx;
}

void *tfm_scratch(struct tfm *t, u32 n)
{
	kernel_only();
	if (!scratch)
		scratch = kzalloc(n, 0);
	return scratch;
}

int later(void)
{
	struct tfm *t[4];

	for (u32 i = 0; i < 4; i++) {
		t[i] = kzalloc(sizeof(*t[i]) + algs[i % 2]->ctx_size, 0);
		t[i]->alg = algs[i % 2];
		t[i]->id = i;
		report(t[i]->alg->init(t[i]));
	}
	for (u32 i = 0; i < 12; i++)
		report(t[i % 4]->alg->update(t[i % 4], i * 3 + 1));
	scratch[1] += 40;
	for (u32 i = 0; i < 4; i++)
		report(t[i]->alg->update(t[i], 9));
	for (u32 i = 0; i < 4; i++)
		report(t[i]->alg->final(t[i]));
	return scratch[2];
}
