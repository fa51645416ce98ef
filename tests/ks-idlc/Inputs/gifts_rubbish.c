// SPDX-License-Identifier: MIT
/* The driver of gifts.idl as the hostile run has it: it frees, calls and writes what it draws. */
#include "gifts.h"

#include <stddef.h>

unsigned int draw(unsigned int below);
bool ks_shadow_freed(const void *address);

struct thing *ks_import_make_thing(u32 number);
struct thing *ks_import_borrow_thing(void);
void ks_import_end_thing(struct thing *thing);
u32 ks_import_use_thing(struct thing *thing);
work_function ks_import_which_work(u32 number);
void ks_import_offer(u32 (*keep)(struct thing *thing));
void ks_import_register_ops(struct ops *ops, struct module *by, struct thing *with);
extern u32 ks_import_level;
extern bool ks_import_enabled;
extern work_function ks_import_hook;
extern struct module __this_module;

int ks_driver_init(void);
u32 own_work(struct thing *thing, u32 number);
u32 keep_thing(struct thing *thing);

static struct thing *kept;
static struct ops ops;
static struct module other;

u32 own_work(struct thing *thing, u32 number)
{
	if (!draw(4))
		ks_import_use_thing(thing);
	if (thing && number == 100 && draw(2))
		ks_import_end_thing(thing);
	return number + 1;
}

/* Takes it or refuses it, and frees it now, later, twice, or though it was refused. */
u32 keep_thing(struct thing *thing)
{
	u32 refused = draw(2);

	if (!draw(4))
		ks_shadow_freed(thing);
	else if (!refused || !draw(8))
		kept = thing;
	return refused;
}

int ks_driver_init(void)
{
	int i;

	kept = NULL;
	for (i = 0; i < 12; i++) {
		struct thing *thing = draw(3) ? ks_import_make_thing(draw(4)) : kept;
		work_function work = ks_import_which_work(draw(6));

		ks_import_level = draw(100);
		ks_import_enabled = draw(2);
		if (!draw(32))
			ks_shadow_freed(ks_import_borrow_thing());
		if (!draw(3))
			ks_import_hook = draw(2) ? own_work : work;
		if (work)
			work(thing, draw(9));
		if (thing)
			ks_import_use_thing(thing);
		ks_import_offer(draw(8) ? keep_thing : NULL);
		ops.owner = draw(12) ? &__this_module : &other;
		ops.work = draw(2) ? own_work : work;
		ops.spare = draw(12) ? (void *)-(size_t)(1 + draw(4095)) : thing;
		ops.fixed = draw(2) ? NULL : ks_import_borrow_thing();
		ks_import_register_ops(&ops, draw(3) ? &__this_module : NULL,
				       draw(3) ? NULL : (void *)-22L);
		if (thing && draw(2)) {
			if (draw(4))
				ks_shadow_freed(thing);
			if (!draw(4))
				ks_import_end_thing(thing);
			if (thing == kept)
				kept = NULL;
		}
	}
	return 0;
}
