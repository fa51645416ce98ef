// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct slot {
	u16 kind, strength;
	short wave[4];
	u32 nwave, plays;
};

struct pad {
	struct input_dev *input;
	struct slot slots[4];
	u32 opened, leds, uploads;
	u8 report[4];
};

static const u16 keymap[] = {48, 49, 130, 200};

static int open_pad(struct input_dev *dev)
{
	struct pad *pad = dev->drvdata;

	pad->opened++;
	return dev->users > 1 ? -16 : 0;
}

static void close_pad(struct input_dev *dev)
{
	struct pad *pad = dev->drvdata;

	pad->opened += 10;
	report(pad->opened);
}

static int event(struct input_dev *dev, u32 type, u32 code, int value)
{
	struct pad *pad = dev->drvdata;

	if (type != 0x11)
		return -22;
	if (value)
		pad->leds |= 1u << code;
	else
		pad->leds &= ~(1u << code);
	report(pad->leds);
	return 0;
}

static int upload(struct input_dev *dev, struct ff_effect *effect, struct ff_effect *old)
{
	struct pad *pad = dev->ff->private;
	struct slot *slot = &pad->slots[effect->id];

	if (old && old->type != effect->type)
		return -22;
	switch (effect->type) {
	case 0x50:
		slot->strength = effect->u.rumble.strong / 2 + effect->u.rumble.weak / 4;
		break;
	case 0x51:
		if (effect->u.periodic.custom_len > 4)
			return -7;
		slot->strength = effect->u.periodic.magnitude;
		slot->nwave = effect->u.periodic.custom_len;
		for (u32 i = 0; i < slot->nwave; i++)
			slot->wave[i] = effect->u.periodic.custom_data[i];
		break;
	default:
		return -95;
	}
	slot->kind = effect->type;
	effect->length = 10 * ++pad->uploads;
	return 0;
}

static int erase(struct input_dev *dev, int id)
{
	struct pad *pad = dev->ff->private;

	report(pad->slots[id].plays);
	memset(&pad->slots[id], 0, sizeof(pad->slots[id]));
	return 0;
}

static int playback(struct input_dev *dev, int id, int value)
{
	struct pad *pad = dev->ff->private;
	struct slot *slot = &pad->slots[id];
	long sum = slot->strength;

	for (u32 i = 0; i < slot->nwave; i++)
		sum = sum * 3 + slot->wave[i];
	slot->plays += value;
	report(sum + dev->ff->effects[id].length);
	return 0;
}

static int irq(int n, void *data)
{
	struct pad *pad = data;
	struct input_dev *dev = pad->input;

	pad->report[0] = n * 37;
	pad->report[1] = n;
	pad->report[2] = 255 - n;
	for (u32 i = 0; i < 4; i++)
		kinput_event(dev, 1, keymap[i], pad->report[0] >> i & 1);
	kinput_event(dev, 3, 0, pad->report[1]);
	kinput_event(dev, 3, 1, pad->report[2]);
	kinput_event(dev, 0, 0, 0);
	report(dev->absinfo[1].value);
	return 1;
}

static int x_init(void)
{
	struct pad *pad = kzalloc(sizeof(*pad), 0);
	struct input_dev *dev = kinput_allocate();
	int err;

	if (!dev)
		return -12;
	pad->input = dev;
	dev->name = "x-pad";
	dev->id.bus = 3;
	dev->id.product = 77;
	dev->drvdata = pad;
	dev->open = open_pad;
	dev->close = close_pad;
	dev->event = event;
	dev->evbit[0] |= 1ul << 1 | 1ul << 0x11;
	for (u32 i = 0; i < 4; i++)
		dev->keybit[keymap[i] / 64] |= 1ul << keymap[i] % 64;
	kinput_set_abs(dev, 0, -100, 100, 2);
	kinput_set_abs(dev, 1, 0, 250, 0);
	err = kinput_ff_create(dev, 3);
	if (err)
		return err;
	dev->ff->upload = upload;
	dev->ff->erase = erase;
	dev->ff->playback = playback;
	dev->ff->private = pad;
	err = kinput_register(dev);
	report(dev->absbit[0] * 10 + dev->repeat);
	return err ? err : kinput_irq(irq, pad);
}

module_init(x_init);
