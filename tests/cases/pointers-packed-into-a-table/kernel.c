// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct kept {
	void *what;
	u32 key;
	struct kept *next;
};

static struct kept *first;
static u32 own;

int keep(void *what, u32 key)
{
	struct kept *kept = kmalloc(sizeof(*kept), 0);

	kernel_only();
	kept->what = what ? what : &own;
	kept->key = key;
	kept->next = first;
	first = kept;
	return 0;
}

unsigned int keep_find(void **found, u32 from, unsigned int most)
{
	struct kept *kept;
	unsigned int n = 0;

	kernel_only();
	if (!most)
		return 0;
	for (kept = first; kept; kept = kept->next) {
		found[n] = kept->what;
		if (kept->key >= from && ++n == most)
			break;
	}
	return n;
}
