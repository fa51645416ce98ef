// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct hash_head {
	struct hash_head *next;
};

struct hash_params {
	u16 key_len, key_offset, head_offset;
	u32 (*hashfn)(const void *key, u32 len, u32 seed);
};

struct hash_table {
	struct hash_head *buckets[4];
	u32 nelems, seed;
	struct hash_params p;
};

int hash_init(struct hash_table *ht, const struct hash_params *params);
int hash_insert(struct hash_table *ht, struct hash_head *obj);
int hash_remove(struct hash_table *ht, struct hash_head *obj);
void *hash_lookup(struct hash_table *ht, const void *key);
void on_packet(int (*packet)(const u8 *mac, u16 vid, u32 len));
int memcmp(const void *a, const void *b, size_t size);
