// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct tlc_led {
	struct tlc_priv *priv;
	struct led_classdev cdev;
	u8 id;
};

struct tlc_priv {
	u32 num, pwm;
	struct tlc_led leds[];
};

struct bl_notifier {
	struct led_classdev *led;
	struct notifier_block notifier;
	u32 brightness;
};

static void tlc_set(struct led_classdev *cdev, u32 brightness)
{
	struct tlc_led *led = container_of(cdev, struct tlc_led, cdev);
	led->priv->pwm &= ~(0xff << led->id * 8);
	led->priv->pwm |= brightness << led->id * 8;
	report(led->priv->pwm);
}

static int bl_event(struct notifier_block *nb, unsigned long action)
{
	struct bl_notifier *n = container_of(nb, struct bl_notifier, notifier);
	if (action)
		n->brightness = n->led->brightness;
	led_set_brightness(n->led, action ? 0 : n->brightness + 7);
	return n->led->brightness;
}

static int bl_activate(struct led_classdev *led)
{
	struct bl_notifier *n = kzalloc(sizeof(*n), 0);
	if (!n)
		return -12;
	n->led = led;
	n->notifier.notifier_call = bl_event;
	led->trigger_data = n;
	return fb_register_client(&n->notifier);
}

static void bl_deactivate(struct led_classdev *led)
{
	struct bl_notifier *n = led->trigger_data;
	fb_unregister_client(&n->notifier);
	report(n->brightness);
	kfree(n);
}

static struct led_trigger bl_trigger = {"backlight", bl_activate, bl_deactivate};

static int tlc_init(void)
{
	static const char *const names[3] = {"red", "green", "blue"};
	struct tlc_priv *priv = kzalloc(sizeof(*priv) + 3 * sizeof(priv->leds[0]), 0);
	int ret = priv ? 0 : -12;
	for (; !ret && priv->num < 3; priv->num++) {
		struct tlc_led *led = &priv->leds[priv->num];
		led->priv = priv;
		led->id = priv->num;
		led->cdev = (struct led_classdev){names[led->id], 10, 250, tlc_set,
						  .trigger = led->id == 1 ? NULL : &bl_trigger};
		ret = led_classdev_register(&led->cdev);
	}
	return ret;
}

module_init(tlc_init);
