// SPDX-License-Identifier: MIT
/*
 * The kernel of gifts.idl against a driver's end that sends rubbish, as shapes_hostile.c does. Whatever is
 * sent, a thing is freed once and by whom it belongs to, a function that is called is one that was given
 * out, and a module is none that the domain has made.
 */
#include "hostile.h"
#include "gifts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ks_end *gifts_driver_start(void);
void gifts_driver_stop(void);
int gifts_kernel_start(void);
void gifts_kernel_stop(void);

struct thing *make_thing(u32 number);
void end_thing(struct thing *thing);
struct thing *borrow_thing(void);
u32 use_thing(struct thing *thing);
work_function which_work(u32 number);
void register_ops(struct ops *ops, struct module *by);
void release(const void *thing);
void offer(u32 (*keep)(struct thing *thing));

u32 level;
bool enabled;
work_function hook;
struct module __this_module;

static struct thing *things, lasting;
static unsigned int wrong, released, refused, strangers, worked, written;

static void corrupt(struct ks_message *message)
{
	unsigned int n = draw(rate) ? 0 : 1 + draw(3);

	while (n-- && message->size) {
		unsigned int at = draw(message->size);

		switch (draw(3)) {
		case 0:
			message->data[at] ^= 1 << draw(8);
			break;
		case 1:
			message->data[at] = (ks_u8)draw(draw(2) ? 256 : 8);
			break;
		case 2:
			if (message->size >= 8)
				memcpy(message->data + at / 8 * 8,
				       message->data + draw(message->size) / 8 * 8, 8);
			break;
		}
	}
}

struct thing *make_thing(u32 number)
{
	struct thing *thing = number ? calloc(1, sizeof(*thing)) : (void *)-12L;

	if (!number)
		return thing;
	thing->number = number;
	thing->next = things;
	things = thing;
	return thing;
}

/* A thing that is not on the list any more was freed before: then ASan has seen it, too. */
static void forget(const struct thing *thing)
{
	struct thing **link = &things;

	while (*link && *link != thing)
		link = &(*link)->next;
	wrong += !*link;
	if (*link)
		*link = thing->next;
	ks_memory_freed(thing, sizeof(*thing)); /* as the kernel's tracepoints do */
	free((void *)thing);
}

void end_thing(struct thing *thing)
{
	if (thing)
		forget(thing);
}

void release(const void *thing)
{
	released++;
	forget(thing);
}

struct thing *borrow_thing(void)
{
	return &lasting;
}

u32 use_thing(struct thing *thing)
{
	return thing->number++;
}

static u32 twice(struct thing *thing, u32 number)
{
	worked++;
	return 2 * number + (thing ? use_thing(thing) : 0);
}

static u32 add(struct thing *thing, u32 number)
{
	worked++;
	return number + (thing ? use_thing(thing) : 0);
}

work_function which_work(u32 number)
{
	return number == 0 ? NULL : number % 2 ? twice : add;
}

/* A module is the kernel end's own or none. */
static void use_module(struct module *module)
{
	strangers += module && module != &__this_module;
	if (module)
		module->users++;
}

void register_ops(struct ops *ops, struct module *by)
{
	use_module(ops->owner);
	use_module(by);
	wrong += *(volatile unsigned char *)&enabled > 1;
	written += level != 7;
	level = 7;
	if (ops->work)
		ops->work(things, 3);
	if (hook)
		hook(things, 4);
}

/* Offers a thing to the driver, which has it then, or has not, whatever it does meanwhile. */
void offer(u32 (*keep)(struct thing *thing))
{
	struct thing *thing = keep ? make_thing(5) : NULL;

	if (!thing)
		return;
	if (keep(thing)) {
		use_thing(thing);
		forget(thing);
		refused++;
	}
}

int main(int argc, char **argv)
{
	unsigned int round, rounds = argc > 1 ? (unsigned int)atoi(argv[1]) : 1000;
	unsigned int good = 0;

	for (round = 0; round < rounds; round++) {
		seed = round + 1;
		rate = 2u << round % 6; /* one message in so many is changed */
		hook = NULL;
		driver = gifts_driver_start();
		if (!gifts_kernel_start()) {
			good++;
			gifts_kernel_stop();
		}
		gifts_driver_stop();
		while (things)
			forget(things);
	}
	printf("lived through %u rounds\n", round);
	printf("%u wrong, %u modules of others\n", wrong, strangers);
	fprintf(stderr, "%u domains started\n%u released\n%u worked\n%u written\n%u refused\n", good,
		released, worked, written, refused);
	return 0;
}
