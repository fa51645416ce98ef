// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct crypto_alg *algorithm;
static int (*handler)(int irq, void *data);
static void *cookie;

int kregister_ahash(struct crypto_alg *alg)
{
	kernel_only();
	algorithm = alg;
	return alg->digestsize > 16 ? -22 : 0;
}

int kenqueue(struct crypto_queue *queue, struct async_request *req)
{
	kernel_only();
	if (queue->qlen >= queue->max_qlen)
		return -28;
	req->next = NULL;
	if (queue->qlen++)
		queue->tail->next = req;
	else
		queue->head = req;
	queue->tail = req;
	return -115;
}

struct async_request *kdequeue(struct crypto_queue *queue)
{
	struct async_request *req = queue->head;

	kernel_only();
	if (!queue->qlen)
		return NULL;
	queue->qlen--;
	queue->head = req->next;
	return req;
}

u32 ksg_copy(struct scatterlist *sg, u32 skip, u8 *to, u32 len)
{
	u32 done = 0;

	kernel_only();
	for (;; sg++) {
		for (u32 i = 0; i < sg->length && done < len; i++) {
			if (skip) {
				skip--;
				continue;
			}
			to[done++] = sg->page[sg->offset + i];
		}
		if (sg->last || done == len)
			return done;
	}
}

int kcrypto_irq(int (*h)(int irq, void *data), void *data)
{
	kernel_only();
	handler = h;
	cookie = data;
	return 0;
}

struct wait {
	int err, done;
};

static void complete(void *data, int err)
{
	struct wait *wait = data;

	wait->err = err;
	wait->done++;
}

static struct ahash_request *request(struct crypto_tfm *tfm, struct wait *wait)
{
	struct ahash_request *req = kzalloc(sizeof(*req) + tfm->reqsize, 0);

	req->base.tfm = tfm;
	req->base.complete = complete;
	req->base.data = wait;
	return req;
}

static void show(struct ahash_request *req)
{
	long sum = 0;

	for (u32 i = 0; i < algorithm->digestsize; i++)
		sum = sum * 7 + req->result[i];
	report(sum);
}

int later(void)
{
	u8 one[20], two[12], result[16], other[16], *state = kzalloc(algorithm->statesize, 0);
	struct scatterlist sg[2] = {{one, 3, 15, 0}, {two, 0, 12, 1}};
	struct scatterlist short_sg = {two, 2, 6, 1};
	struct crypto_tfm *tfm = kzalloc(sizeof(*tfm) + algorithm->ctxsize, 0);
	struct wait wa = {0}, wb = {0}, wc = {0};
	struct ahash_request *a, *b, *c;

	for (int i = 0; i < 20; i++)
		one[i] = i * 3;
	for (int i = 0; i < 12; i++)
		two[i] = 100 + i;
	tfm->alg = algorithm;
	algorithm->init_tfm(tfm);
	report(algorithm->setkey(tfm, one, 7));
	report(algorithm->setkey(tfm, one, 8));
	a = request(tfm, &wa);
	b = request(tfm, &wb);
	c = request(tfm, &wc);
	a->src = sg;
	a->nbytes = 27;
	b->src = &short_sg;
	b->nbytes = 6;
	a->result = result;
	b->result = other;
	algorithm->init(a);
	algorithm->init(b);
	algorithm->init(c);
	report(algorithm->update(c));
	report(algorithm->update(a));
	report(algorithm->update(b));
	c->src = &short_sg;
	c->nbytes = 2;
	report(algorithm->update(c));
	report(handler(3, cookie));
	report(wa.done * 10 + wb.done);
	report(algorithm->final(a));
	report(handler(3, cookie));
	report(algorithm->export(b, state));
	report(algorithm->final(b));
	for (int i = 0; i < 4; i++)
		report(handler(3, cookie));
	report(wa.done * 100 + wb.done * 10 + wc.done);
	show(a);
	show(b);
	report(algorithm->import(c, state));
	c->result = result;
	report(algorithm->final(c));
	report(handler(3, cookie));
	show(c);
	algorithm->exit_tfm(tfm);
	kfree(a);
	kfree(b);
	kfree(c);
	kfree(tfm);
	kfree(state);
	return wc.done;
}
