// SPDX-License-Identifier: MIT
#include <linux/api.h>
static int destroyed;

static int token_preparse(struct key_preparsed_payload *prep)
{
	struct user_key_payload *up;
	if (!prep->datalen || prep->datalen > 24)
		return -22;
	up = kmalloc(sizeof(*up) + prep->datalen, 0);
	up->datalen = prep->datalen;
	memcpy(up->data, prep->data, prep->datalen);
	up->data[0] ^= strlen(prep->orig_description);
	prep->payload[0] = up;
	prep->quotalen += prep->datalen;
	return 0;
}

static void token_free_preparse(struct key_preparsed_payload *prep)
{
	kfree(prep->payload[0]);
}

static int token_update(struct key *key, struct key_preparsed_payload *prep)
{
	kfree(key->payload[1]);
	key->payload[1] = key->payload[0];
	key->payload[0] = prep->payload[0];
	prep->payload[0] = NULL;
	key->datalen = prep->quotalen;
	return 0;
}

static void token_destroy(struct key *key)
{
	destroyed += key->serial;
	kfree(key->payload[0]);
	kfree(key->payload[1]);
}

static long token_read(const struct key *key, char *buffer, size_t buflen)
{
	const struct user_key_payload *up = key->payload[0];
	if (buffer && buflen >= up->datalen)
		memcpy(buffer, up->data, up->datalen);
	return up->datalen;
}
static struct key_type token = {
	"token", 2, token_preparse, token_free_preparse, token_update, token_destroy, token_read};

static int token_init(void)
{
	struct key *key;
	report(register_key_type(&token));
	key = request_key(&token, "disk");
	report(!request_key(&token, "none"));
	report(key->usage * 1000 + key->datalen);
	report(((struct user_key_payload *)key->payload[0])->data[0] * 1000 +
		((struct user_key_payload *)key->payload[1])->data[3]);
	key_put(key);
	key_put(key);
	report(destroyed);
	return 0;
}

module_init(token_init);
