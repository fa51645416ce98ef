// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Module parameters of a driver in a domain with memory of its own: the kernel
 * must not call their functions, which are the driver's, so the domain sets
 * them when it starts. Its module has them in a section of another name.
 */
#include <linux/moduleparam.h>
#include <linux/string.h>

#include "ks-rt/inside/entry.h"

/* Around the section, by the order of linking. */
extern const struct kernel_param ks_param_first[], ks_param_end[];

/* A dash and an underscore are the same in a name. */
static bool ks_same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (*a != *b && !((*a == '-' || *a == '_') && (*b == '-' || *b == '_')))
			return false;
	return *a == *b;
}

static int ks_parameter(const char *name, const char *value)
{
	const struct kernel_param *param;

	for (param = ks_param_first; param < ks_param_end; param++) {
		if (!ks_same_name(param->name, name))
			continue;
		if (!value && !(param->ops->flags & KERNEL_PARAM_OPS_FL_NOARG))
			return -EINVAL;
		return param->ops->set(value, param);
	}
	return 0;
}

int ks_inside_parameters(char *text)
{
	int error = 0;

	while (*text && !error) {
		char *name = text, *value = NULL;

		for (; *text && *text != '\n'; text++) {
			if (*text == '=' && !value) {
				*text = '\0';
				value = text + 1;
			}
		}
		if (*text)
			*text++ = '\0';
		if (*name)
			error = ks_parameter(name, value);
	}
	return error;
}
