// SPDX-License-Identifier: MIT
#include <linux/api.h>

static char buf[16];

static int cb(void)
{
	buf[1] = 'Q';
	return 5;
}

static int scenario(void)
{
	buf[0] = 'a';
	buf[1] = 'b';
	struct ent *e = kreg(buf, cb);
	kren(e, "xy");
	struct ent *g = kreg("zzz", cb);
	return e == g;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
