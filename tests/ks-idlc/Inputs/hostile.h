// SPDX-License-Identifier: MIT
/*
 * What runs against a driver's end that sends rubbish share: numbers that are drawn, and calls whose messages are
 * corrupted where the domain sends them. Each has its own corrupt().
 */
#include "ks-rt/rt.h"

int __real_ks_call(struct ks_end *end, ks_u32 crossing, struct ks_message *message);
int __wrap_ks_call(struct ks_end *end, ks_u32 crossing, struct ks_message *message);
unsigned int draw(unsigned int below);
static void corrupt(struct ks_message *message);

static unsigned int seed, rate;
static struct ks_end *driver;

unsigned int draw(unsigned int below)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % below;
}

int __wrap_ks_call(struct ks_end *end, ks_u32 crossing, struct ks_message *message)
{
	int error;

	if (end == driver)
		corrupt(message);
	error = __real_ks_call(end, crossing, message);
	if (end != driver && !error)
		corrupt(message);
	return error;
}
