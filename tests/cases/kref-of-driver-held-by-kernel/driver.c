// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct thing {
	u32 number;
	struct owner owner;
};

static u32 released;

static void thing_release(struct kref *ref)
{
	struct thing *thing = container_of(ref, struct thing, owner.ref);

	released = released * 10 + thing->number + thing->owner.uses;
	kfree(thing);
}

static struct thing *thing_new(u32 number)
{
	struct thing *thing = kzalloc(sizeof(*thing), 0);

	kref_init(&thing->owner.ref);
	thing->number = number;
	thing->owner.release = thing_release;
	return thing;
}

static int scenario(void)
{
	struct thing *first = thing_new(1);
	int dropped;

	khold(&first->owner);
	kref_put(&first->owner.ref, thing_release);
	report(released);
	dropped = kdrop();
	report(released);
	return dropped;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
