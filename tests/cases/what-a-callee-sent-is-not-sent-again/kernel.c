// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct meter *meter;
static struct lamp *lamp;
static u32 limit;

void meter_register(struct meter *m)
{
	kernel_only();
	meter = m;
}

void meter_changed(void)
{
	kernel_only();
	limit += meter->total + meter->limit;
}

u32 meter_limit(void)
{
	kernel_only();
	return limit;
}

void lamp_register(struct lamp *l)
{
	kernel_only();
	lamp = l;
}

void lamp_changed(void)
{
	kernel_only();
	limit += lamp->level * 1000;
}

void lamp_dimmed(void)
{
	kernel_only();
	limit += lamp->level * 100;
}

int later(void)
{
	return (int)(meter->total + meter->limit + lamp->level);
}
