// SPDX-License-Identifier: MIT
#include <linux/api.h>

static char label[20] = "lab";

static long hash(const char *s)
{
	long h = 0;
	while (s && *s)
		h = h * 31 + *s++;
	return h;
}

static int scenario(void)
{
	static struct cls A, B;
	A.label = label;
	B.label = "const";
	cls_reg(&A, "eth");
	cls_reg(&B, "wl");
	report(hash(A.name));
	report(hash(B.name));
	report(hash(A.fixed));
	label[0] = 'X';
	cls_rename(&A, B.name);
	report(hash(A.name));
	report(hash(A.label));
	return A.id + B.id * 10;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
