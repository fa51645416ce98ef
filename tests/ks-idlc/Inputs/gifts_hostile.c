// SPDX-License-Identifier: MIT
/*
 * The kernel of gifts.idl against a driver's end that sends rubbish, as shapes_hostile.c does. Whatever is
 * sent, a thing is freed once and by whom it belongs to, a function that is called is one that was given
 * out, and a module is none that the domain has made.
 */
#define STRAYS 1
#include "hostile.h"
#include "gifts.h"

ENDS(gifts);

struct thing *make_thing(u32 number);
void end_thing(struct thing *thing);
struct thing *borrow_thing(void);
u32 use_thing(struct thing *thing);
work_function which_work(u32 number);
void register_ops(struct ops *ops, struct module *by, struct thing *with);
void release(const void *thing);
void offer(u32 (*keep)(struct thing *thing));

u32 level;
bool enabled;
work_function hook;
struct module __this_module;

static struct thing *things, lasting;
static unsigned int wrong, released, refused, strangers, worked, written, errors;

/* A pointer becomes a number: an error, what lies beside these, or an address. */
static void set_number(struct ks_message *message, unsigned int at)
{
	static const ks_u64 numbers[] = { -1ull, -4095ull, -4096ull, 0x5000, 0x4141414141414141 };

	at = at / 8 * 8;
	if (at + 16 > message->size)
		return;
	memset(message->data + at, 0, 8);
	memcpy(message->data + at + 8, &numbers[draw(5)], 8);
}

static void change(struct ks_message *message, unsigned int at)
{
	switch (draw(4)) {
	case 0:
		flip_bit(message, at);
		break;
	case 1:
		set_byte(message, at);
		break;
	case 2:
		copy_word(message, at, 8);
		break;
	case 3:
		set_number(message, at);
		break;
	}
}

static void corrupt(struct ks_message *message)
{
	damage(message, change);
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
	if (thing && hook)
		hook(thing, 100); /* who gives it back once more */
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

/* Who checks for an error follows everything else. */
static void use_checked(struct thing *thing)
{
	if (IS_ERR(thing))
		errors++;
	else if (thing)
		use_thing(thing);
}

void register_ops(struct ops *ops, struct module *by, struct thing *with)
{
	use_module(ops->owner);
	use_module(by);
	use_checked(ops->spare);
	use_checked(with);
	if (ops->fixed)
		use_thing(ops->fixed);
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

static void forget_all(void)
{
	while (things)
		forget(things);
	hook = NULL;
}

int main(int argc, char **argv)
{
	live_through(argc, argv, &ends, NULL, forget_all);
	printf("%u wrong, %u modules of others\n", wrong, strangers);
	fprintf(stderr, "%u released\n%u worked\n%u written\n%u refused\n%u errors\n", released, worked,
		written, refused, errors);
	return 0;
}
