// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct owner *held;

void khold(struct owner *owner)
{
	kernel_only();
	kref_get(&owner->ref);
	owner->uses += 3;
	held = owner;
}

int kdrop(void)
{
	struct owner *owner = held;

	kernel_only();
	held = NULL;
	return kref_put(&owner->ref, owner->release);
}
