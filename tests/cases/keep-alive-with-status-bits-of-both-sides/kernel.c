// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dog *dog;

int dog_init_timeout(struct dog *d, u32 wanted)
{
	kernel_only();
	if (wanted < d->min_timeout || wanted > d->max_timeout)
		return -22;
	d->timeout = wanted;
	return 0;
}

static int kick(struct dog *d)
{
	return d->ops->ping ? d->ops->ping(d) : d->ops->start(d);
}

int dog_register(struct dog *d)
{
	kernel_only();
	if (!d->ops->start || (!d->ops->stop && !d->max_timeout))
		return -22;
	d->id = 3;
	dog = d;
	report(d->info->identity[2] * 10 + d->info->version);
	report(d->bootstatus);
	d->status |= DOG_ACTIVE;
	return kick(d);
}

int later(void)
{
	report(dog->ops->get_left(dog));
	report(dog->ops->get_left(dog));
	report(dog->ops->set_timeout(dog, 29));
	report(dog->timeout);
	report(kick(dog));
	report(dog->ops->get_left(dog));
	report(dog->ops->stop(dog));
	report(dog->status);
	dog->status &= ~(DOG_NO_WAY_OUT | DOG_ACTIVE);
	report(dog->ops->stop(dog));
	return dog->status;
}
