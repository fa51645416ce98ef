// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct unit *unit;

int unit_register(struct unit *u)
{
	kernel_only();
	unit = u;
	return 0;
}

static int serve(struct unit *u, enum unit_command what, void *data)
{
	struct unit_read *r = data;

	if (what == UNIT_READ) {
		r->value = u->words[r->at] + 1;
		return 7;
	}
	return u->command(u, what, data);
}

int unit_call(struct unit *u, enum unit_command what, void *data)
{
	kernel_only();
	return serve(u, what, data);
}

int later(void)
{
	struct unit_read r = {.at = 1};
	struct unit_write w = {.at = 1, .value = 77}, far = {.at = 9};
	u32 n = 5;

	report(unit->command(unit, UNIT_READ, &r) + r.value);
	report(unit->command(unit, UNIT_WRITE, &w) + w.done);
	report(unit->command(unit, UNIT_WRITE, &far) + far.done);
	report(unit->command(unit, UNIT_READ, &r) + r.value);
	report(unit->command(unit, UNIT_NAME, &n) + n);
	return unit->words[1];
}
