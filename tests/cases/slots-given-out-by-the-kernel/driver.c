// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_sum {
	u32 sum, n;
};

struct x_mix {
	u64 state;
	struct tfm *tfm;
	u8 last[4];
};

static int x_sum_init(struct tfm *t)
{
	struct x_sum *s = tfm_ctx(t);

	s->sum = 7;
	return 0;
}

static int x_sum_update(struct tfm *t, u32 value)
{
	struct x_sum *s = tfm_ctx(t);
	u8 *scratch = tfm_scratch(t, 4);

	s->sum += value + scratch[s->n % 4];
	scratch[s->n++ % 4] = value;
	return s->n;
}

static u32 x_sum_final(struct tfm *t)
{
	struct x_sum *s = tfm_ctx(t);

	return s->sum * 10 + s->n;
}

static int x_mix_init(struct tfm *t)
{
	struct x_mix *m = tfm_ctx(t);

	m->state = 5;
	m->tfm = t;
	return m->last[3];
}

static int x_mix_update(struct tfm *t, u32 value)
{
	struct x_mix *m = tfm_ctx(t);

	m->last[value % 4]++;
	m->state = m->state * 31 + value + m->last[0];
	return m->tfm == t;
}

static u32 x_mix_final(struct tfm *t)
{
	struct x_mix *m = tfm_ctx(t);

	return m->state % 100003 + m->last[1];
}

static const struct alg sum = {sizeof(struct x_sum), 4, x_sum_init, x_sum_update, x_sum_final};
static const struct alg mix = {sizeof(struct x_mix), 8, x_mix_init, x_mix_update, x_mix_final};

static int x_init(void)
{
	int status = alg_register(&sum);

	return status ? status : alg_register(&mix);
}

module_init(x_init);
