// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_dog {
	struct dog dog;
	u32 ticks;
	u32 starts;
	u8 scale;
};

static u32 x_scaled(struct x_dog *x)
{
	return x->dog.timeout * x->scale;
}

static int x_start(struct dog *d)
{
	struct x_dog *x = d->drvdata;

	x->ticks = x_scaled(x);
	x->starts++;
	d->status |= DOG_RUNNING;
	return 0;
}

static int x_stop(struct dog *d)
{
	struct x_dog *x = d->drvdata;

	if (d->status & DOG_NO_WAY_OUT)
		return -16;
	x->ticks = 0;
	d->status &= ~DOG_RUNNING;
	return 0;
}

static int x_set_timeout(struct dog *d, u32 seconds)
{
	d->timeout = seconds - seconds % 3;
	return 0;
}

static u32 x_left(struct dog *d)
{
	struct x_dog *x = container_of(d, struct x_dog, dog);

	x->ticks -= x->ticks / 4;
	return x->ticks / x->scale;
}

static const struct dog_info info = {0x8180, 2, "X dog"};
static const struct dog_ops x_ops = {
	.start = x_start, .stop = x_stop, .set_timeout = x_set_timeout, .get_left = x_left};
static struct x_dog x = {
	.dog = {.info = &info, .ops = &x_ops, .min_timeout = 2, .bootstatus = 32}, .scale = 8};

static int x_init(void)
{
	int status;

	x.dog.drvdata = &x;
	x.dog.timeout = 30;
	x.dog.max_timeout = 255 / x.scale;
	dog_init_timeout(&x.dog, 40);
	report(x.dog.timeout);
	dog_init_timeout(&x.dog, 17);
	x.dog.status |= DOG_NO_WAY_OUT;
	status = dog_register(&x.dog);
	report(x.dog.id * 100 + x.starts);
	report(x.dog.status);
	return status;
}

module_init(x_init);
