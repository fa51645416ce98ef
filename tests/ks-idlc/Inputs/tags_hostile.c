// SPDX-License-Identifier: MIT
/*
 * The kernel of tags.idl against a driver's end that sends rubbish, as shapes_hostile.c does. It follows
 * and calls whatever the tags of its events say is there, also after a domain was stopped.
 */
#include "hostile.h"
#include "tags.h"

ENDS(tags);

struct event *kernel_event(u32 kind);
void add_event(struct event *event);
u32 look(void);

static unsigned int depth;
static struct event *events[16];
static unsigned int event_count;
/* What the kernel's own events lead to. */
static struct {
	struct event event;
	struct small small;
	struct large large;
	u8 bytes[24];
} own[16];
static unsigned int own_count;
static unsigned int followed, called, numbers;

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
		message->data[at / 4 * 4] = (u8)draw(4);
		break;
	case 3:
		copy_word(message, at, 8);
		break;
	}
}

static void corrupt(struct ks_message *message)
{
	damage(message, change);
}

static void follow_small(struct small *small)
{
	if (small)
		followed += 1 + (small->value++ == 7);
}

static void follow_large(struct large *large)
{
	if (large)
		followed += 1 + (large->values[7]++ == 7);
}

/* What the kernel does with an event without asking the driver. */
static void follow(struct event *event)
{
	u32 i;

	switch (event->kind) {
	case 0:
		follow_small(event->small);
		break;
	case 1:
		follow_large(event->large);
		break;
	case 2:
		numbers += event->number != 0;
		break;
	case 4:
		followed += event->text ? strlen(event->text) != 7 : 0;
		break;
	case 3:
		for (i = 0; event->bytes && i < 24; i++)
			followed += event->bytes[i]++ == 7;
		break;
	}
	if ((event->flags & 3) == 1)
		follow_small(event->data);
	if ((event->flags & 3) == 2)
		follow_large(event->data);
	if (event->type != 1)
		numbers += event->of.plain.low != 0;
	else
		follow_small(event->of.worker.small);
}

/* The kernel goes on, whatever the driver's answer was. */
static void touch(struct event *event)
{
	unsigned int i;

	follow(event);
	if (event->type == 1 && depth < 2 && event->of.worker.work) {
		depth++;
		called += event->of.worker.work(1) != 0;
		depth--;
		for (i = 0; i < event_count; i++)
			follow(events[i]);
	}
}

struct event *kernel_event(u32 kind)
{
	struct event *event;

	if (event_count == 16)
		return NULL;
	event = &own[own_count].event;
	memset(&own[own_count], 0, sizeof(own[own_count]));
	event->kind = kind;
	if (kind == 0)
		event->small = &own[own_count].small;
	else if (kind == 1)
		event->large = &own[own_count].large;
	else if (kind == 3)
		event->bytes = own[own_count].bytes;
	else if (kind == 4)
		event->text = "a text of the kernel's";
	else
		event->number = 0x4545454500000000ull;
	own_count++;
	events[event_count++] = event;
	return event;
}

void add_event(struct event *event)
{
	unsigned int i;

	for (i = 0; i < event_count && events[i] != event; i++)
		;
	if (i == 16)
		return;
	events[i] = event;
	event_count += i == event_count;
	touch(event);
}

u32 look(void)
{
	unsigned int i;

	for (i = 0; i < event_count; i++)
		touch(events[i]);
	return followed;
}

static void use(void)
{
	look();
}

static void forget(void)
{
	unsigned int i;

	/* What the kernel has of its own is not the domain's to keep. */
	for (i = 0; i < own_count; i++)
		if (own[i].event.kind == 2)
			numbers++;
	event_count = own_count = 0;
}

int main(int argc, char **argv)
{
	live_through(argc, argv, &ends, use, forget);
	fprintf(stderr, "%u followed, %u called, %u numbers\n", followed, called, numbers);
	return followed == 0;
}
