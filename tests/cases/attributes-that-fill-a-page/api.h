// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct object;

struct attribute {
	const char *name;
	int (*show)(struct object *o, char *page);
	int (*store)(struct object *o, const char *text, size_t length);
};

struct object {
	u32 value;
	const struct attribute *attribute;
	const char *owner;
};

struct object *object_make(
	const char *owner, const struct attribute *attribute, const char *format, ...);
int page_text(char *page, const char *format, ...);
int object_log(struct object *o, const char *format, ...);
