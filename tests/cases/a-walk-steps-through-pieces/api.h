// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kpiece {
	u8 *page;
	u32 offset, length;
	struct kpiece *chain;
};

struct kalg {
	char name[16], driver_name[24];
	u32 blocksize, ctxsize, flags;
	int priority;
	struct kalg *next;
};

struct ktfm {
	u32 flags, reqsize;
	struct kalg *alg;
	void (*exit)(struct ktfm *tfm);
	void *ctx[] __attribute__((aligned(8)));
};

struct kreq {
	u32 cryptlen;
	u8 *iv;
	struct kpiece *src, *dst;
	struct ktfm *tfm;
	void *ctx[] __attribute__((aligned(8)));
};

struct kskalg {
	int (*setkey)(struct ktfm *tfm, const u8 *key, u32 len);
	int (*encrypt)(struct kreq *req);
	int (*decrypt)(struct kreq *req);
	int (*init)(struct ktfm *tfm);
	u32 min_key, max_key, ivsize, chunksize;
	struct kalg base;
};

struct kcursor {
	struct kpiece *piece;
	u32 at;
};

struct kwalk {
	union {
		struct {
			const u8 *addr;
		} src_virt;

		const u8 *src;
	};

	u8 *dst;
	struct kcursor in, out;
	u32 nbytes, total, stride;
	u8 *iv, *buffer;
	struct kreq *req;
	int flags;
};

int kregister_skalgs(struct kskalg *algs, int count);
void kunregister_skalgs(struct kskalg *algs, int count);
int kwalk_start(struct kwalk *walk, struct kreq *req, _Bool atomic);
int kwalk_done(struct kwalk *walk, int left);
struct ktfm *kalloc_fallback(const char *name, u32 mask);
void kfree_tfm(struct ktfm *tfm);
int kfallback_crypt(struct ktfm *tfm, struct kreq *req);
void kxor(u8 *to, const u8 *a, const u8 *b, u32 len);
int kmodule_exit(void (*exit)(void));
