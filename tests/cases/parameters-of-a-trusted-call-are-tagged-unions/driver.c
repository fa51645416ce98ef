// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct secure {
	int contexts;
	u32 next_session, secret;
};

struct session {
	struct session *next;
	u32 id, calls;
};

static int sec_open(struct tee_context *ctx)
{
	struct secure *sec = tee_get_drvdata(ctx->teedev);
	return sec->contexts++ > 0;
}

static void sec_release(struct tee_context *ctx)
{
	struct secure *sec = tee_get_drvdata(ctx->teedev);
	for (struct session *s = ctx->data, *next; s; s = next) {
		next = s->next;
		report(s->id * 10 + s->calls);
		kfree(s);
	}
	ctx->data = NULL;
	report(--sec->contexts);
}

static int sec_open_session(struct tee_context *ctx, struct tee_arg *arg, struct tee_param *param)
{
	struct secure *sec = tee_get_drvdata(ctx->teedev);
	struct session *s = kzalloc(sizeof(*s), 0);
	arg->session = ++sec->next_session;
	*s = (struct session){ctx->data, arg->session, 0};
	ctx->data = s;
	return 0;
}

static int sec_invoke(struct tee_context *ctx, struct tee_arg *arg, struct tee_param *param)
{
	struct secure *sec = tee_get_drvdata(ctx->teedev);
	struct session *s = ctx->data;
	u64 sum = sec->secret + arg->func;
	while (s && s->id != arg->session)
		s = s->next;
	if (!s)
		return -22;
	s->calls++;
	for (struct tee_param *p = param; p < param + arg->num_params; p++) {
		u8 *va = p->attr >= TEE_MEMREF_INPUT
				 ? tee_shm_get_va(p->u.memref.shm, p->u.memref.shm_offs)
				 : NULL;
		if (p->attr == TEE_VALUE_INPUT || p->attr == TEE_VALUE_INOUT)
			sum += p->u.value.a * 2 + p->u.value.b;
		if (p->attr == TEE_VALUE_OUTPUT || p->attr == TEE_VALUE_INOUT)
			p->u.value.c = sum;
		for (size_t i = 0; p->attr == TEE_MEMREF_INPUT && i < p->u.memref.size; i++)
			sum += va[i];
		if (p->attr != TEE_MEMREF_OUTPUT)
			continue;
		p->u.memref.size = 4;
		memcpy(va, &(u32){sum}, 4);
	}
	arg->ret = 0xf0 + s->calls;
	return 0;
}
static const struct tee_driver_ops sec_ops = {sec_open, sec_release, sec_open_session, sec_invoke};
static const struct tee_desc sec_desc = {"sec-clnt", &sec_ops};

static int sec_init(void)
{
	struct secure *sec = kzalloc(sizeof(*sec), 0);
	sec->secret = 5000;
	report(tee_device_register(tee_device_alloc(&sec_desc, sec)));
	report(sec->next_session);
	return 0;
}

module_init(sec_init);
