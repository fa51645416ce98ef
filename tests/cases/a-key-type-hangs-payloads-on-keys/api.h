// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct key_preparsed_payload {
	const char *orig_description;
	const void *data;
	size_t datalen, quotalen;
	void *payload[4];
};

struct key {
	int usage, serial;
	const struct key_type *type;
	const char *description;
	size_t datalen;
	void *payload[4];
};

struct key_type {
	const char *name;
	size_t def_datalen;
	int (*preparse)(struct key_preparsed_payload *prep);
	void (*free_preparse)(struct key_preparsed_payload *prep);
	int (*update)(struct key *key, struct key_preparsed_payload *prep);
	void (*destroy)(struct key *key);
	long (*read)(const struct key *key, char *buffer, size_t buflen);
};

struct user_key_payload {
	unsigned short datalen;
	u8 data[];
};

int register_key_type(struct key_type *type);
struct key *request_key(const struct key_type *type, const char *description);
void key_put(struct key *key);
int strcmp(const char *a, const char *b);
size_t strlen(const char *string);
