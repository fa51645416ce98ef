// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int debug = 2;
static int limit = 30;
static u32 changes;

static int set_limit(const char *value, const struct param *param)
{
	int error = number_ops.set(value, param);

	changes++;
	if (limit > 100)
		limit = 100;
	return error;
}

static int get_limit(const struct param *param)
{
	return *(int *)param->arg * 2;
}

static const struct param_ops limit_ops = {set_limit, get_limit};
static const struct param params[] = {
	{"debug", &number_ops, &debug},
	{"limit", &limit_ops, &limit},
};

static int scenario(void)
{
	kparams(params, 2);
	kset("debug", "7");
	report(debug * 1000 + kget("debug"));
	kset("limit", "55");
	report(limit * 1000 + kget("limit"));
	kset("limit", "555");
	report(limit * 1000 + kget("limit"));
	debug++;
	return kget("debug") * 10 + changes;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
