// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const u32 reg[] = {4, 9, 6, 0};
static struct device_node c3 = {"green", reg + 2, NULL, NULL, 3};
static struct device_node c2 = {"blank", reg + 3, NULL, &c3, 1};
static struct device_node c1 = {"red", reg, NULL, &c2, 0};
static struct device_node root = {"leds", NULL, &c1, NULL, 0};
struct device_node *of_root = &root;
static struct led_classdev *leds[3];
static u32 nleds;
static struct work_struct *works;

struct device_node *of_get_next_child(struct device_node *np, struct device_node *prev)
{
	struct device_node *next = prev ? prev->sibling : np->child;
	kernel_only();
	if (next)
		next->refs++;
	return next;
}

int of_property_read_u32(const struct device_node *np, u32 index, u32 *value)
{
	kernel_only();
	if (!np->reg[index])
		return -22;
	*value = np->reg[index];
	return 0;
}

void led_register(struct led_classdev *led)
{
	kernel_only();
	leds[nleds++] = led;
}

void queue_work(struct work_struct *work)
{
	kernel_only();
	work->next = works;
	works = work;
}

int later(void)
{
	kernel_only();
	for (u32 i = 0; i < nleds; i++)
		leds[i]->brightness_set(leds[i], 12);
	for (; works; works = works->next)
		works->func(works);
	return (leds[0]->brightness + leds[0]->name[0]) * 1000 + leds[1]->brightness + c3.refs;
}
