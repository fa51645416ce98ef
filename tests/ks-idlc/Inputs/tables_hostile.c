// SPDX-License-Identifier: MIT
/*
 * The kernel of tables.idl against a driver's end that sends rubbish. Whatever is sent, a table has as many elements
 * as are looked at, a function that is called is one of the driver's, and a name or a table is there for as long as the domain.
 */
#include "hostile.h"
#include "tables.h"

ENDS(tables);

u32 enter(const act_function *acts, const char *const *names, u32 count);
u32 enter_ended(const act_function *acts, const char *const *names);
u32 keep(const act_function *acts, const char *const *names, u32 count);
u32 keep_things(struct thing **things);
u32 make_gadgets(struct gadget **made, u32 count);
u32 use_gadgets(struct gadget **used, u32 count);

enum { most = 64 };

static act_function acts_of[most];
static const char *names_of[most];
static unsigned int entered, called, letters;

static void change(struct ks_message *message, unsigned int at)
{
	change_any(message, at, 12, 4);
}

static void corrupt(struct ks_message *message)
{
	damage(message, change);
}

static void enter_one(act_function act, const char *name)
{
	acts_of[entered % most] = act;
	names_of[entered++ % most] = name;
}

u32 enter(const act_function *acts, const char *const *names, u32 count)
{
	u32 i, sum = 0;

	for (i = 0; i < count && i < most; i++)
		enter_one(acts ? acts[i] : NULL, names ? names[i] : NULL);
	for (i = 0; acts && i < count; i++)
		if (acts[i])
			sum += acts[i](i);
	return sum;
}

u32 enter_ended(const act_function *acts, const char *const *names)
{
	u32 i;

	for (i = 0; names && names[i]; i++)
		enter_one(NULL, names[i]);
	for (i = 0; acts && acts[i]; i++)
		enter_one(acts[i], NULL);
	return i;
}

/* Tables that were kept, and what stood in them when they last came. */
struct table {
	const void *const *at;
	const void *was[16];
	u32 count;
};

static struct table tables[2048];
static u32 kept, compared;

static void keep_table(const void *at, u32 count)
{
	u32 i = 0;

	while (i < kept && tables[i].at != at)
		i++;
	if (!at || i == sizeof(tables) / sizeof(tables[0]))
		return;
	kept += i == kept;
	tables[i].at = at;
	tables[i].count = count < 16 ? count : 16;
	memcpy(tables[i].was, at, tables[i].count * sizeof(void *));
}

u32 keep(const act_function *acts, const char *const *names, u32 count)
{
	u32 i = 0;

	keep_table(acts, count);
	while (names && names[i])
		i++;
	keep_table(names, names ? i + 1 : 0);
	return i;
}

u32 keep_things(struct thing **things)
{
	u32 sum = 0, i;

	for (i = 0; things && i < 2; i++)
		sum += things[i] ? things[i]->number : 0;
	keep_table(things, 2);
	return sum;
}

struct gadget {
	u32 uses;
	u32 pins[16];
};

static struct gadget gadgets[4];
static u32 gadgets_used;

u32 make_gadgets(struct gadget **made, u32 count)
{
	u32 i;

	for (i = 0; made && i < count && i < 4; i++)
		made[i] = &gadgets[i];
	return i;
}

/* Those that were made here, and no others. */
u32 use_gadgets(struct gadget **used, u32 count)
{
	u32 i;

	for (i = 0; used && i < count; i++) {
		if (!used[i])
			continue;
		if (used[i] < gadgets || used[i] >= gadgets + 4)
			abort();
		used[i]->pins[15] = used[i]->uses++;
		gadgets_used++;
	}
	return i;
}

/* Long after the calls that brought them. */
static void look(void)
{
	u32 i;

	for (i = 0; i < kept; i++) {
		compared++;
		if (memcmp(tables[i].at, tables[i].was, tables[i].count * sizeof(void *)))
			abort();
	}
	for (i = 0; i < most; i++) {
		called += acts_of[i] && acts_of[i](7) != 0;
		letters += names_of[i] ? strlen(names_of[i]) : 0;
	}
}

static void forget(void)
{
	memset(acts_of, 0, sizeof(acts_of));
	memset(names_of, 0, sizeof(names_of));
	kept = 0;
}

int main(int argc, char **argv)
{
	live_through(argc, argv, &ends, look, forget);
	fprintf(stderr, "%u entered, %u called, %u letters\n", entered, called, letters);
	fprintf(stderr, "%u tables kept, %u gadgets used\n", compared, gadgets_used);
	return 0;
}
