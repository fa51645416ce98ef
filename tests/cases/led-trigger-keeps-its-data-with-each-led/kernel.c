// SPDX-License-Identifier: MIT
#include <linux/api.h>
#define led_of(at) container_of(at, struct led_classdev, node)
static struct list_head leds = {&leds, &leds};
static struct notifier_block *chain;

int led_classdev_register(struct led_classdev *led)
{
	kernel_only();
	led->node = (struct list_head){leds.next, &leds};
	leds.next->prev = &led->node;
	leds.next = &led->node;
	return led->trigger ? led->trigger->activate(led) : 0;
}

void led_set_brightness(struct led_classdev *led, u32 brightness)
{
	kernel_only();
	led->brightness = brightness > led->max_brightness ? led->max_brightness : brightness;
	led->brightness_set(led, led->brightness);
}

int fb_register_client(struct notifier_block *nb)
{
	kernel_only();
	nb->next = chain;
	chain = nb;
	return 0;
}

void fb_unregister_client(struct notifier_block *nb)
{
	kernel_only();
	struct notifier_block **at = &chain;
	while (*at != nb)
		at = &(*at)->next;
	*at = nb->next;
}

int later(void)
{
	int sum = 0;
	for (struct list_head *at = leds.next; at != &leds; at = at->next)
		led_set_brightness(led_of(at), led_of(at)->brightness * 10 + led_of(at)->name[0]);
	for (int blank = 1; blank >= 0; blank--)
		for (struct notifier_block *nb = chain; nb; nb = nb->next)
			report(nb->notifier_call(nb, blank));
	for (struct list_head *at = leds.next; at != &leds; at = at->next) {
		if (led_of(at)->trigger)
			led_of(at)->trigger->deactivate(led_of(at));
		sum += led_of(at)->brightness;
	}
	return sum + (chain == NULL) * 1000 + led_of(leds.prev)->trigger->name[0];
}
