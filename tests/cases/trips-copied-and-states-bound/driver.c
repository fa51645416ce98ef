// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_fan {
	struct cooler *cooler;
	unsigned long max, speed;
	u32 sets;
};

struct x_chip {
	struct x_fan fans[2];
	struct zone *zone;
	int raw;
	u32 critical;
};

static struct x_chip chip = {.fans = {{.max = 3}, {.max = 10}}, .raw = 400};
static int levels[3] = {1, 2, 9};

static int x_temp(struct zone *z, int *temp)
{
	struct x_chip *x = z->devdata;

	*temp = x->raw * 100 - (int)(x->fans[0].speed * 1000 + x->fans[1].speed * 500);
	return 0;
}

static _Bool x_bind(struct zone *z, const struct trip *trip, struct cooler *c)
{
	int *level = trip->priv;

	return trip->type != TRIP_CRITICAL && (*level == 2 || c->id == 1);
}

static int x_set_trip(struct zone *z, const struct trip *trip, int temp)
{
	*(int *)trip->priv += temp / 10000;
	return trip - z->trips;
}

static void x_critical(struct zone *z)
{
	struct x_chip *x = z->devdata;

	x->critical++;
	x->raw -= 300;
}

static int x_max(struct cooler *c, unsigned long *state)
{
	*state = ((struct x_fan *)c->devdata)->max;
	return 0;
}

static int x_cur(struct cooler *c, unsigned long *state)
{
	struct x_fan *f = c->devdata;

	*state = f->speed;
	return 0;
}

static int x_set(struct cooler *c, unsigned long state)
{
	struct x_fan *f = c->devdata;

	if (state > f->max)
		return -22;
	f->speed = state;
	f->sets++;
	chip.raw += f - chip.fans;
	return 0;
}

static const struct zone_ops zone_ops = {x_temp, x_bind, x_set_trip, x_critical};
static const struct cooler_ops fan_ops = {x_max, x_cur, x_set};

static int x_init(void)
{
	struct trip trips[3] = {{45000, 2000, TRIP_ACTIVE, &levels[0]},
		{60000, 1000, TRIP_PASSIVE, &levels[1]}, {90000, 0, TRIP_CRITICAL, &levels[2]}};

	chip.fans[0].cooler = cooler_register("x-fan", &chip.fans[0], &fan_ops);
	chip.fans[1].cooler = cooler_register("x-pump", &chip.fans[1], &fan_ops);
	chip.zone = zone_register("x-zone", trips, 3, &chip, &zone_ops);
	chip.raw = 700;
	zone_update(chip.zone);
	report(chip.zone->temperature);
	report(chip.fans[0].speed * 10 + chip.fans[1].speed);
	report(chip.fans[1].cooler->max_state);
	return 0;
}

module_init(x_init);
