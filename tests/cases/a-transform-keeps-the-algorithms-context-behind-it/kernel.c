// SPDX-License-Identifier: MIT
#include <linux/api.h>

int strcmp(const char *a, const char *b);

static struct list_head algorithms = {&algorithms, &algorithms};
static struct skcipher_request *waiting[4];
static int nwaiting, completed;
static void (*pending)(void);

static struct crypto_skcipher *crypto_alloc_skcipher(const char *name)
{
	for (struct list_head *at = algorithms.next; at != &algorithms; at = at->next) {
		struct skcipher_alg *alg = container_of(at, struct skcipher_alg, cra_list);
		struct crypto_skcipher *tfm;

		if (strcmp(alg->cra_name, name))
			continue;
		tfm = kzalloc(sizeof(*tfm) + alg->cra_ctxsize, 0);
		tfm->alg = alg;
		alg->init(tfm);
		return tfm;
	}
	return NULL;
}

int crypto_register_skcipher(struct skcipher_alg *alg)
{
	struct crypto_skcipher *test;

	kernel_only();
	if (alg->min_keysize > alg->max_keysize)
		return -22;
	alg->cra_list.next = &algorithms;
	alg->cra_list.prev = algorithms.prev;
	algorithms.prev->next = &alg->cra_list;
	algorithms.prev = &alg->cra_list;
	test = crypto_alloc_skcipher(alg->cra_name);
	report(test->reqsize);
	kfree(test);
	return 0;
}

void crypto_unregister_skcipher(struct skcipher_alg *alg)
{
	kernel_only();
	alg->cra_list.prev->next = alg->cra_list.next;
	alg->cra_list.next->prev = alg->cra_list.prev;
}

int crypto_enqueue_request(struct skcipher_request *req)
{
	kernel_only();
	if (nwaiting == 4)
		return -28;
	waiting[nwaiting++] = req;
	return 0;
}

struct skcipher_request *crypto_dequeue_request(void)
{
	kernel_only();
	return nwaiting ? waiting[--nwaiting] : NULL;
}

int queue_work(void (*work)(void))
{
	kernel_only();
	pending = work;
	return 1;
}

static void crypt_done(void *data, int err)
{
	completed += *(int *)data + err;
}

int later(void)
{
	u8 text[10] = "plaintext", made[10] = {0}, back[10] = {0}, iv[4] = {9, 8, 7, 6}, key[3] = {1, 1, 5};
	struct scatterlist src[2] = {{text, 4}, {text + 4, 6}}, dst = {made, 10}, dst2[2] = {{back, 7}, {back + 7, 3}};
	struct crypto_skcipher *tfm = crypto_alloc_skcipher("cbc(xor)");
	struct skcipher_request *req = kzalloc(sizeof(*req) + tfm->reqsize, 0);
	int weight = 100;

	*req = (struct skcipher_request){10, iv, src, &dst, tfm, crypt_done, &weight};
	report(tfm->alg->setkey(tfm, key, 3));
	report(tfm->alg->encrypt(req));
	key[1] = 2;
	report(tfm->alg->setkey(tfm, key, 3));
	report(tfm->alg->encrypt(req));
	pending();
	report(made[0] << 16 | made[4] << 8 | made[9]);
	report(iv[0]);
	iv[0] = 9;
	req->src = &dst;
	req->dst = dst2;
	report(tfm->alg->decrypt(req));
	pending();
	report(back[0] << 16 | back[6] << 8 | back[8]);
	kfree(req);
	kfree(tfm);
	return completed;
}
