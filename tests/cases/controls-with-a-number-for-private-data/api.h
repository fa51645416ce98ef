// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum elem_type { ELEM_BOOL = 1, ELEM_INT, ELEM_ENUM };

struct elem_info {
	u32 index;
	enum elem_type type;
	u32 count;

	union {
		struct {
			long min, max, step;
		} integer;

		struct {
			u32 items, item;
			char name[16];
		} enumerated;
	} value;
};

struct elem_value {
	u32 index;

	union {
		long integer[4];
		u32 item[4];
		u8 bytes[32];
	} value;
};

struct control;

struct control_new {
	const char *name;
	u32 count;
	int (*info)(struct control *c, struct elem_info *info);
	int (*get)(struct control *c, struct elem_value *v);
	int (*put)(struct control *c, struct elem_value *v);
	unsigned long private_value;
};

struct control {
	char name[24];
	struct control_new ops;
	void *private_data;
	void (*private_free)(struct control *c);
};

struct control *control_new(const struct control_new *n, void *private_data);
long strscpy(char *to, const char *from, size_t size);
int control_add(struct control *c);
