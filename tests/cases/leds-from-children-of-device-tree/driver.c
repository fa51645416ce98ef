// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_led {
	struct led_classdev cdev;
	struct work_struct work;
	u32 reg, pending;
};

static void x_work(struct work_struct *work)
{
	struct x_led *x = container_of(work, struct x_led, work);
	x->cdev.brightness = x->pending * 10 + x->reg;
}

static void x_set(struct led_classdev *led, u32 value)
{
	struct x_led *x = container_of(led, struct x_led, cdev);
	x->pending = value > led->max_brightness ? led->max_brightness : value;
	queue_work(&x->work);
}

static int x_init(void)
{
	struct device_node *c = NULL, *np = of_root;
	int n;
	for (n = 0; (c = of_get_next_child(np, c)); n++) {
		struct x_led *x = kzalloc(sizeof *x, 0);
		if (of_property_read_u32(c, 0, &x->reg))
			continue;
		x->cdev = (struct led_classdev){c->name, 0, 255, x_set};
		of_property_read_u32(c, 1, &x->cdev.max_brightness);
		x->work.func = x_work;
		led_register(&x->cdev);
	}
	report(n * 100 + np->child->refs * 10 + np->child->sibling->refs);
	return 0;
}
module_init(x_init);
