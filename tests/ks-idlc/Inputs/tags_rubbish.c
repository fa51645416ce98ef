// SPDX-License-Identifier: MIT
/* The driver of tags.idl as the hostile run has it: its events become something else as it draws. */
#include "tags.h"

#include <stddef.h>

unsigned int draw(unsigned int below);

struct event *ks_import_kernel_event(u32 kind);
void ks_import_add_event(struct event *event);
u32 ks_import_look(void);

int ks_driver_init(void);
u32 work(u32 number);

struct small own_small;
struct large own_large;
static u8 bytes[24];
static struct event events[4];

static void change(struct event *event)
{
	event->kind = draw(6);
	switch (event->kind) {
	case 0:
		event->small = draw(4) ? &own_small : NULL;
		break;
	case 1:
		event->large = draw(4) ? &own_large : NULL;
		break;
	case 2:
		event->number = 0x4141414100000000ull + draw(4);
		break;
	case 3:
		event->bytes = draw(4) ? bytes : NULL;
		break;
	case 4:
		event->text = draw(4) ? "a text of the driver's" : NULL;
		break;
	}
	event->flags = draw(8);
	switch (event->flags & 3) {
	case 1:
		event->data = &own_small;
		break;
	case 2:
		event->data = &own_large;
		break;
	case 3:
		event->data = (void *)0x4242424200000000ull;
		break;
	}
	event->type = draw(3);
	if (event->type == 1)
		event->of.worker = (struct worker){ work, draw(2) ? &own_small : NULL };
	else
		event->of.plain = (struct plain){ 0x4343434300000000ull, 0x4444444400000000ull };
}

u32 work(u32 number)
{
	change(&events[draw(4)]);
	return number + 1;
}

int ks_driver_init(void)
{
	struct event *theirs = NULL;
	int i;

	__builtin_memset(events, 0, sizeof(events));
	for (i = 0; i < 4; i++) {
		change(&events[i]);
		ks_import_add_event(&events[i]);
		if (draw(2))
			theirs = ks_import_kernel_event(draw(5));
		if (theirs && draw(2))
			change(theirs);
		if (theirs && draw(2))
			ks_import_add_event(theirs);
		own_small.value++;
		ks_import_look();
	}
	return 0;
}
