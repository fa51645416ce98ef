// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct object *object;

static int x_show(struct object *o, char *page)
{
	return page_text(page, "value %d of %s\n", (int)o->value, "ten");
}

static int x_store(struct object *o, const char *text, size_t length)
{
	u32 value = 0;

	for (size_t i = 0; i < length && text[i] >= '0'; i++)
		value = value * 10 + (text[i] - '0');
	o->value = value;
	return length;
}

static const struct attribute attribute = {.name = "value", .show = x_show, .store = x_store};

static int x_init(void)
{
	/* A format without a conversion, and with one. */
	object = object_make("me", &attribute, "plain");
	if (!object)
		return -12;
	object->value = 7;
	return object_log(object, "made %d", 5) != 6;
}

module_init(x_init);
