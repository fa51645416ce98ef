// SPDX-License-Identifier: MIT
#include <linux/api.h>

int strcmp(const char *a, const char *b);

static struct lamp_trigger triggers[2] = {
	{"disk", {&triggers[0].lamps, &triggers[0].lamps}},
	{"heartbeat", {&triggers[1].lamps, &triggers[1].lamps}},
};

int lamp_register(struct lamp *lamp)
{
	kernel_only();
	if (!lamp->max_brightness)
		lamp->max_brightness = 255 - lamp->name[2] % 8;
	for (int i = 0; i < 2; i++) {
		struct list_head *head = &triggers[i].lamps;

		if (strcmp(triggers[i].name, lamp->default_trigger))
			continue;
		lamp->trigger = &triggers[i];
		lamp->node.next = head;
		lamp->node.prev = head->prev;
		head->prev->next = &lamp->node;
		head->prev = &lamp->node;
		lamp->brightness = i + 1;
		lamp->brightness_set(lamp, i + 1);
	}
	return lamp->trigger ? 0 : -2;
}

static void trigger_event(struct lamp_trigger *t, u32 value)
{
	for (struct list_head *n = t->lamps.next; n != &t->lamps; n = n->next) {
		struct lamp *lamp = container_of(n, struct lamp, node);
		unsigned long on = value, off = 3 * value;

		lamp->brightness = value > lamp->max_brightness ? lamp->max_brightness : value;
		lamp->brightness_set(lamp, lamp->brightness);
		if (lamp->brightness_get)
			report(lamp->brightness_get(lamp));
		if (!lamp->blink_set)
			continue;
		report(lamp->blink_set(lamp, &on, &off));
		report(on * 10000 + off);
		report(lamp->flags);
	}
}

int later(void)
{
	trigger_event(&triggers[1], 200);
	trigger_event(&triggers[0], 300);
	trigger_event(&triggers[1], 1000);
	trigger_event(&triggers[1], 0);
	return 0;
}
