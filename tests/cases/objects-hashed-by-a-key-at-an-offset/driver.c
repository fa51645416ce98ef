// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_key {
	u8 mac[6];
	u16 vid;
};

struct x_entry {
	u32 bytes;
	struct x_key key;
	u16 port;
	struct hash_head node;
	struct x_entry *newer;
};

static struct hash_table fdb;
static struct x_entry *newest;

static u32 x_hash(const void *key, u32 len, u32 seed)
{
	const u8 *k = key;

	for (u32 i = 0; i < len; i++)
		seed = seed * 31 + k[i];
	return seed;
}

static const struct hash_params params = {
	.key_len = sizeof(struct x_key),
	.key_offset = offsetof(struct x_entry, key),
	.head_offset = offsetof(struct x_entry, node),
	.hashfn = x_hash,
};

static struct x_entry *x_learn(const struct x_key *key)
{
	struct x_entry *e = kzalloc(sizeof(*e), 0);

	e->key = *key;
	e->port = fdb.nelems + 1;
	if (hash_insert(&fdb, &e->node)) {
		kfree(e);
		return NULL;
	}
	if (newest)
		newest->newer = e;
	newest = e;
	return e;
}

static int x_packet(const u8 *mac, u16 vid, u32 len)
{
	struct x_key key = {.vid = vid};
	struct x_entry *e;

	for (int i = 0; i < 6; i++)
		key.mac[i] = mac[i];
	e = hash_lookup(&fdb, &key);
	if (!e)
		e = x_learn(&key);
	if (!e)
		return -28;
	e->bytes += len;
	if (e->bytes > 1000 && e != newest) {
		int port = e->port;

		hash_remove(&fdb, &e->node);
		report(e->bytes * 10 + (e->newer ? e->newer->port : 0));
		return -port;
	}
	return e->port * 10000 + e->bytes;
}

static int x_init(void)
{
	u8 mac[6] = {2, 0, 0, 1, 2, 3};
	int status = hash_init(&fdb, &params);

	if (status)
		return status;
	report(fdb.seed);
	report(x_packet(mac, 1, 100));
	report(x_packet(mac, 2, 50));
	report(x_packet(mac, 1, 11));
	on_packet(x_packet);
	return 0;
}

module_init(x_init);
