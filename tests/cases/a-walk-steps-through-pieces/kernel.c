// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kskalg *registered;
static struct kalg *list;
static int nalgs;
static u8 bounce[4];
static void (*module_exit_function)(void);

int kregister_skalgs(struct kskalg *algs, int count)
{
	kernel_only();
	for (int i = 0; i < count; i++) {
		if (!algs[i].base.blocksize)
			return -22;
		if (!algs[i].base.priority)
			algs[i].base.priority = 100 + i;
		algs[i].base.next = list;
		list = &algs[i].base;
		report(algs[i].base.name[1] * 1000 + algs[i].base.driver_name[4]);
	}
	registered = algs;
	nalgs = count;
	return 0;
}

void kunregister_skalgs(struct kskalg *algs, int count)
{
	kernel_only();
	list = NULL;
	nalgs -= count;
}

int kmodule_exit(void (*exit)(void))
{
	kernel_only();
	module_exit_function = exit;
	return 0;
}

void kxor(u8 *to, const u8 *a, const u8 *b, u32 len)
{
	while (len--)
		*to++ = *a++ ^ *b++;
}

static u8 *byte(struct kcursor *c, u32 skip)
{
	struct kpiece *p = c->piece;
	u32 at = c->at + skip;

	while (at >= p->length) {
		at -= p->length;
		p = p->chain;
	}
	return p->page + p->offset + at;
}

static void advance(struct kcursor *c, u32 by)
{
	c->at += by;
	while (c->piece && c->at >= c->piece->length) {
		c->at -= c->piece->length;
		c->piece = c->piece->chain;
	}
}

static int next(struct kwalk *w)
{
	u32 n = w->total, in, out;

	w->nbytes = 0;
	w->flags &= ~1;
	if (!w->total)
		return 0;
	in = w->in.piece->length - w->in.at;
	out = w->out.piece->length - w->out.at;
	n = n > in ? in : n;
	n = n > out ? out : n;
	if (n < w->stride && n < w->total) {
		n = w->total < w->stride ? w->total : w->stride;
		for (u32 i = 0; i < n; i++)
			w->buffer[i] = *byte(&w->in, i);
		w->src = w->dst = w->buffer;
		w->flags |= 1;
	} else {
		w->src = byte(&w->in, 0);
		w->dst = byte(&w->out, 0);
	}
	w->nbytes = n;
	return 0;
}

int kwalk_start(struct kwalk *w, struct kreq *req, _Bool atomic)
{
	kernel_only();
	*w = (struct kwalk){.in = {req->src}, .out = {req->dst}, .total = req->cryptlen,
		.stride = 4, .iv = req->iv, .buffer = bounce, .req = req, .flags = atomic << 4};
	return next(w);
}

int kwalk_done(struct kwalk *w, int left)
{
	u32 n = w->nbytes - left;

	kernel_only();
	if (!n) {
		w->nbytes = 0;
		return -22;
	}
	for (u32 i = 0; i < n && w->flags & 1; i++)
		*byte(&w->out, i) = w->buffer[i];
	advance(&w->in, n);
	advance(&w->out, n);
	w->total -= n;
	return next(w);
}

struct ktfm *kalloc_fallback(const char *name, u32 mask)
{
	struct ktfm *tfm = kzalloc(sizeof(*tfm) + 8, 0);

	kernel_only();
	tfm->flags = name[0] << 8 | mask;
	tfm->reqsize = 24;
	return tfm;
}

void kfree_tfm(struct ktfm *tfm)
{
	kernel_only();
	if (tfm->exit)
		tfm->exit(tfm);
	kfree(tfm);
}

int kfallback_crypt(struct ktfm *tfm, struct kreq *req)
{
	struct kcursor in = {req->src}, out = {req->dst};

	kernel_only();
	for (u32 i = 0; i < req->cryptlen; i++)
		*byte(&out, i) = *byte(&in, i) ^ tfm->flags;
	return tfm->flags;
}

static void show(const u8 *at, u32 n)
{
	long sum = 0;

	for (u32 i = 0; i < n; i++)
		sum = (sum * 257 + at[i]) % 10000019;
	report(sum);
}

int later(void)
{
	u8 a[32], b[32], out[72] = {}, key[12], iv[4];
	struct kpiece s3 = {b, 0, 30}, s2 = {a, 20, 7, &s3}, s1 = {a, 1, 10, &s2};
	struct kpiece d2 = {out, 30, 40}, d1 = {out, 2, 13, &d2};

	for (int i = 0; i < 32; i++) {
		a[i] = i * 7;
		b[i] = 200 - i * 3;
	}
	for (int i = 0; i < 12; i++)
		key[i] = i * 11 + 1;
	for (int i = 0; i < nalgs; i++) {
		struct kskalg *alg = &registered[i];
		struct ktfm *tfm = kzalloc(sizeof(*tfm) + alg->base.ctxsize, 0);
		struct kreq *req;

		tfm->alg = &alg->base;
		report(alg->init(tfm));
		req = kzalloc(sizeof(*req) + tfm->reqsize, 0);
		req->tfm = tfm;
		req->iv = iv;
		report(alg->setkey(tfm, key, 7));
		report(alg->setkey(tfm, key, i ? 8 : 12));
		report(tfm->flags);
		for (u32 len = 12; len < 48; len += 11) {
			memset(iv, 250 + i, 4);
			memset(out, 0, sizeof(out));
			req->src = &s1;
			req->dst = &d1;
			req->cryptlen = len;
			report(alg->encrypt(req));
			show(out, sizeof(out));
			show(iv, 4);
			memset(iv, 250 + i, 4);
			req->src = &d1;
			report(alg->decrypt(req));
			show(out, sizeof(out));
			show(iv, 4);
		}
		kfree(req);
		kfree_tfm(tfm);
	}
	module_exit_function();
	return nalgs;
}
