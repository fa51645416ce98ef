// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_ctx {
	struct engine *engine;
	u32 key, fallback;
};

struct x_req {
	u32 state, total, buffered, op;
	u8 buffer[8];
};

struct engine {
	struct crypto_queue queue;
	struct async_request *current;
	u32 blocks, irqs;
};

static struct engine engine = {.queue = {.max_qlen = 2}};

static void block(struct x_req *x, const u8 *data, u32 len)
{
	for (u32 i = 0; i < len; i++)
		x->state = x->state * 31 + data[i];
	engine.blocks++;
}

static void work(struct ahash_request *req)
{
	struct x_req *x = (struct x_req *)req->ctx;
	u32 done = 0;

	if (x->op == 2) {
		block(x, x->buffer, x->buffered);
		for (int i = 0; i < 4; i++)
			req->result[i] = x->state >> 8 * i;
		req->result[4] = x->total;
		return;
	}
	while (done < req->nbytes) {
		u32 now = 8 - x->buffered;

		if (now > req->nbytes - done)
			now = req->nbytes - done;
		done += ksg_copy(req->src, done, x->buffer + x->buffered, now);
		x->buffered += now;
		if (x->buffered == 8) {
			block(x, x->buffer, 8);
			x->buffered = 0;
		}
	}
	x->total += done;
}

static int start(struct ahash_request *req, u32 op)
{
	struct x_req *x = (struct x_req *)req->ctx;
	int err;

	x->op = op;
	err = kenqueue(&engine.queue, &req->base);
	if (!engine.current)
		engine.current = kdequeue(&engine.queue);
	return err;
}

static int irq(int n, void *data)
{
	struct engine *e = data;
	struct async_request *async = e->current;

	e->irqs++;
	if (!async)
		return 0;
	work(container_of(async, struct ahash_request, base));
	e->current = kdequeue(&e->queue);
	async->complete(async->data, 0);
	return 1;
}

static int init_tfm(struct crypto_tfm *tfm)
{
	struct x_ctx *ctx = (struct x_ctx *)tfm->ctx;

	ctx->engine = &engine;
	ctx->key = 1;
	tfm->reqsize = sizeof(struct x_req);
	return 0;
}

static void exit_tfm(struct crypto_tfm *tfm)
{
	struct x_ctx *ctx = (struct x_ctx *)tfm->ctx;

	report(ctx->engine->blocks * 100 + ctx->engine->irqs);
}

static int setkey(struct crypto_tfm *tfm, const u8 *key, u32 len)
{
	struct x_ctx *ctx = (struct x_ctx *)tfm->ctx;

	if (len % 4)
		return -22;
	for (u32 i = 0; i < len; i++)
		ctx->key = ctx->key * 17 + key[i];
	return 0;
}

static int init(struct ahash_request *req)
{
	struct x_ctx *ctx = (struct x_ctx *)req->base.tfm->ctx;
	struct x_req *x = (struct x_req *)req->ctx;

	*x = (struct x_req){.state = ctx->key};
	return 0;
}

static int update(struct ahash_request *req)
{
	return req->nbytes ? start(req, 1) : 0;
}

static int final(struct ahash_request *req)
{
	return start(req, 2);
}

static int export(struct ahash_request *req, void *out)
{
	*(struct x_req *)out = *(struct x_req *)req->ctx;
	return 0;
}

static int import(struct ahash_request *req, const void *in)
{
	*(struct x_req *)req->ctx = *(const struct x_req *)in;
	return 0;
}

static struct crypto_alg alg = {"x-hash", sizeof(struct x_ctx), 5, sizeof(struct x_req), init_tfm,
	exit_tfm, setkey, init, update, final, export, import};

static int x_init(void)
{
	int err = kregister_ahash(&alg);

	return err ? err : kcrypto_irq(irq, &engine);
}

module_init(x_init);
