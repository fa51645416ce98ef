// SPDX-License-Identifier: MIT
#include <linux/api.h>

int x_serve(u32 *words, enum unit_command what, void *data);

static int x_command(struct unit *u, enum unit_command what, void *data)
{
	return x_serve(u->words, what, data);
}

static struct unit unit = {.words = {10, 20, 30, 40}, .command = x_command};

static int x_init(void)
{
	struct unit_read r = {.at = 2};
	int status = unit_register(&unit);

	report(unit_call(&unit, UNIT_READ, &r) + r.value);
	return status;
}

module_init(x_init);
