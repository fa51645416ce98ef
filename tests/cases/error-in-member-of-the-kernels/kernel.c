// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct part part = {5};

int kfill(struct holder *h)
{
	kernel_only();
	switch (h->asked++) {
	case 0:
		h->part = &part;
		break;
	case 1:
		h->part = (void *)-12L;
		break;
	case 2:
		h->part = NULL;
		break;
	default:
		h->part = (void *)16L;
	}
	return part.n;
}
