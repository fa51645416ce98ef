// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_pad {
	u32 events, last[4];
	struct khid hid;
};

static u8 *x_fixup(struct khid *hid, u8 *desc, u32 *size)
{
	desc[1] &= 3;
	desc[(*size)++] = 2;
	desc[(*size)++] = 1;
	return desc;
}

static int x_map(struct khid *hid, struct kfield *field, struct kusage *usage)
{
	usage->hid += 20;
	return field->size == 1 ? 0 : usage->hid * 2 + field->offset;
}

static int x_event(struct khid *hid, struct kfield *field, struct kusage *usage, int value)
{
	struct x_pad *pad = container_of(hid, struct x_pad, hid);
	pad->last[usage - field->usages] = value * 100 + usage->code;
	return pad->events++ + value;
}
static const struct khid_driver x_driver = {x_fixup, x_map, x_event};

static int x_init(void)
{
	struct x_pad *pad = kzalloc(sizeof *pad, 0);
	report(khid_probe(&x_driver, &pad->hid));
	report(pad->hid.nfields * 100 + pad->hid.fields[0]->usages[1].code);
	report(khid_report(&pad->hid, 0x1a5));
	report(pad->events * 10000 + pad->last[1]);
	return 0;
}

module_init(x_init);
