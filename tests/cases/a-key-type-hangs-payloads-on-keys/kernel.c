// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct key *ring;

static int add(struct key_type *type, const void *data, size_t size)
{
	struct key_preparsed_payload prep = {"disk", data, size, type->def_datalen};
	int err = type->preparse(&prep);
	if (err)
		return err;
	err = type->update(ring, &prep);
	type->free_preparse(&prep);
	return err;
}

int register_key_type(struct key_type *type)
{
	static const u8 first[] = {1, 2, 3, 4}, second[20] = {0x10, 9, 8, [19] = 77};
	char *buffer = kzalloc(32, 0);
	kernel_only();
	ring = kzalloc(sizeof(*ring), 0);
	*ring = (struct key){.usage = 1, .serial = 42, .type = type, .description = "disk"};
	report(add(type, second, 0));
	report(add(type, first, 4));
	report(type->read(ring, buffer, 8) * 1000);
	add(type, second, 20);
	report(type->read(ring, NULL, 0) * 1000 + buffer[0]);
	type->read(ring, buffer, 32);
	report(buffer[0] * 100 + buffer[19]);
	kfree(buffer);
	return type->name[1];
}

struct key *request_key(const struct key_type *type, const char *description)
{
	kernel_only();
	if (ring->type != type || strcmp(ring->description, description))
		return NULL;
	ring->usage++;
	return ring;
}

void key_put(struct key *key)
{
	kernel_only();
	if (--key->usage)
		return;
	key->type->destroy(key);
	kfree(key);
}
