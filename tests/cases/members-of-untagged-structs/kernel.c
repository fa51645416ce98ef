// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv D;
static struct port one;

int kreg(int (*open)(struct dv *d), int (*turn)(void))
{
	int result = 0;
	kernel_only();
	open(&D);
	D.s.in.port = &one;
	D.at.x = 1;
	for (u32 i = 0; i < 2; i++) {
		D.s.a += 10;
		D.s.in.deep += 10;
		one.speed += 10;
		D.u.word += 10;
		D.plain += 10;
		D.at.y += 10;
		result += turn();
	}
	return result + D.s.a * 3 + D.s.b * 5 + D.s.in.deep * 7 + one.speed * 11 + D.u.word * 13 +
	       D.plain * 17 + D.at.y * 19;
}
