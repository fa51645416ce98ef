// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct param *known;
static u32 known_count;

static int set_int(const char *value, const struct param *param)
{
	int number = 0;

	kernel_only();
	while (*value)
		number = number * 10 + *value++ - '0';
	*(int *)param->arg = number;
	return 0;
}

static int get_int(const struct param *param)
{
	kernel_only();
	return *(int *)param->arg;
}

const struct param_ops number_ops = {set_int, get_int};

void kparams(const struct param *params, u32 count)
{
	kernel_only();
	known = params;
	known_count = count;
}

static const struct param *find(const char *name)
{
	for (u32 i = 0; i < known_count; i++)
		if (known[i].name[0] == name[0])
			return &known[i];
	return NULL;
}

int kset(const char *name, const char *value)
{
	const struct param *param = find(name);

	kernel_only();
	return param ? param->ops->set(value, param) : -2;
}

int kget(const char *name)
{
	const struct param *param = find(name);

	kernel_only();
	return param ? param->ops->get(param) : -2;
}
