// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int (*rx)(const u8 *mac, u16 vid, u32 len);

int hash_init(struct hash_table *ht, const struct hash_params *params)
{
	kernel_only();
	if (!params->hashfn || !params->key_len)
		return -22;
	ht->p = *params;
	ht->seed = 17;
	return 0;
}

static struct hash_head **bucket(struct hash_table *ht, const void *key)
{
	return &ht->buckets[ht->p.hashfn(key, ht->p.key_len, ht->seed) % 4];
}

static const void *key_of(struct hash_table *ht, struct hash_head *obj)
{
	return (const u8 *)obj - ht->p.head_offset + ht->p.key_offset;
}

int hash_insert(struct hash_table *ht, struct hash_head *obj)
{
	struct hash_head **b = bucket(ht, key_of(ht, obj));

	kernel_only();
	if (ht->nelems >= 5)
		return -7;
	obj->next = *b;
	*b = obj;
	ht->nelems++;
	return 0;
}

int hash_remove(struct hash_table *ht, struct hash_head *obj)
{
	kernel_only();
	for (struct hash_head **b = bucket(ht, key_of(ht, obj)); *b; b = &(*b)->next)
		if (*b == obj) {
			*b = obj->next;
			ht->nelems--;
			return 0;
		}
	return -2;
}

void *hash_lookup(struct hash_table *ht, const void *key)
{
	kernel_only();
	for (struct hash_head *h = *bucket(ht, key); h; h = h->next)
		if (!memcmp(key_of(ht, h), key, ht->p.key_len))
			return (u8 *)h - ht->p.head_offset;
	return NULL;
}

void on_packet(int (*packet)(const u8 *mac, u16 vid, u32 len))
{
	kernel_only();
	rx = packet;
}

int later(void)
{
	u8 mac[6] = {2, 0, 0, 1, 2, 3};

	for (int round = 0; round < 3; round++)
		for (int i = 0; i < 4; i++) {
			mac[5] = 3 + i / 2;
			report(rx(mac, 1 + i % 2, 450 - i));
		}
	mac[0] = 4;
	report(rx(mac, 1, 1));
	report(rx(mac, 2, 2));
	report(rx(mac, 3, 3));
	return 0;
}
