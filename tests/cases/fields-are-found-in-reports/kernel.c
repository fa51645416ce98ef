// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 desc[6] = {5, 1, 9, 4, 0x81, 0xff};
static struct khid_usage keys[4] = {{9 << 16}, {9 << 16 | 2}, {9 << 16 | 5}, {9 << 16 | 8}};
static struct khid_usage axes[3] = {{1 << 16 | 0x30}, {1 << 16 | 0x35}, {12 << 16 | 1}};
static struct khid_usage vendor[1] = {{0xff << 16}};
static int values[4][4];
static struct khid_report reports[3];
static struct khid_field fields[4] = {{1, 2, 2, 4, 8, 8, 4, keys, values[0], 0, 1, &reports[0], 0},
	{1, 2, 2, 3, 40, 16, 3, axes, values[1], -5, 200, &reports[0], 1},
	{1, 3, 2, 1, 8, 8, 4, vendor, values[2], 0, 255, &reports[1], 0},
	{1, 4, 2, 1, 8, 8, 1, vendor, values[3], 0, 100, &reports[2], 0}};
static struct khid_report reports[3] = {{1, 0, 2, 11, {&fields[0], &fields[1]}},
	{2, 1, 1, 4, {&fields[2]}}, {7, 0, 1, 2, {&fields[3]}}};
static struct kinput input;
static struct khid hid = {.vendor = 0x46d, .product = 2, .name = "pad"};

int khid_register(struct khid_driver *d)
{
	kernel_only();
	hid.driver = d;
	for (const struct khid_device_id *id = d->id_table; id->bus; id++)
		if (id->vendor == hid.vendor && id->product == hid.product)
			return d->probe(&hid, id);
	return -19;
}

int khid_parse(struct khid *h)
{
	u32 size = sizeof(desc);
	long sum = 0;

	kernel_only();
	h->rdesc = h->driver->report_fixup(h, desc, &size);
	h->rsize = size;
	for (u32 i = 0; i < size; i++)
		sum = sum * 7 + h->rdesc[i];
	report(sum);
	h->nreports = 3;
	for (int i = 0; i < 3; i++) {
		h->reports[i] = &reports[i];
		reports[i].device = h;
	}
	return h->rdesc[size - 1] == 0xc0 ? 0 : -22;
}

int khid_start(struct khid *h, u32 connect)
{
	kernel_only();
	input.name = h->name;
	input.absinfo = kzalloc(ABS_COUNT * sizeof(struct kabs), 0);
	h->input = (struct khid_input){h->reports[0], &input, h->name, connect & 1};
	for (u32 r = 0; r < h->nreports; r++)
		for (u32 f = 0; f < h->reports[r]->maxfield; f++)
			for (u32 u = 0; u < h->reports[r]->field[f]->maxusage; u++) {
				struct khid_field *field = h->reports[r]->field[f];
				struct khid_usage *usage = &field->usage[u];
				unsigned long *bit = NULL;
				int max = 0, ret;

				ret = h->driver->input_mapping(h, &h->input, field, usage, &bit, &max);
				report(ret * 100000 + usage->type * 1000 + usage->code + max);
				if (ret > 0 && usage->code <= max)
					kset_bit(usage->code, bit);
				if (ret > 0)
					kset_bit(usage->type, input.evbit);
			}
	return 0;
}

void khid_request(struct khid *h, struct khid_report *r, int type)
{
	long sum = type;

	kernel_only();
	for (u32 i = 0; i < r->field[0]->report_count; i++)
		sum = sum * 100 + r->field[0]->value[i];
	report(sum);
}

void kinput_event(struct kinput *i, u32 type, u32 code, int value)
{
	kernel_only();
	if (type == EV_ABS && (value < i->absinfo[code].minimum || value > i->absinfo[code].maximum))
		value = -1;
	i->sum = (i->sum * 31 + type * 1000 + code * 10 + value) % 1000003;
	report(value);
}

void kinput_set_abs(struct kinput *i, u32 axis, int min, int max, int fuzz)
{
	kernel_only();
	i->absinfo[axis] = (struct kabs){0, min, max, fuzz, fuzz * 2};
}

int kff_create(struct kinput *i, int max)
{
	kernel_only();
	i->ff = kzalloc(sizeof(*i->ff), 0);
	i->ff->max_effects = max;
	return 0;
}

static void receive(int r, u8 *data, int size)
{
	int ret = hid.driver->raw_event(&hid, &reports[r], data, size);

	report(ret * 1000 + data[1]);
	if (ret)
		return;
	for (u32 f = 0; f < reports[r].maxfield; f++)
		for (u32 u = 0; u < reports[r].field[f]->maxusage; u++) {
			struct khid_field *field = reports[r].field[f];
			struct khid_usage *usage = &field->usage[u];
			int value = data[1 + f * 4 + u];

			if (!hid.driver->event(&hid, field, usage, value) && usage->type)
				kinput_event(&input, usage->type, usage->code, value);
		}
}

int later(void)
{
	short custom[3] = {5, -7, 30};
	struct kff_effect effects[4] = {{FF_RUMBLE, 0, 1, 100, .u.rumble = {1000, 401}},
		{FF_PERIODIC, 1, 0, 50, .u.periodic = {2, 3, 90, 3, custom}},
		{FF_CONSTANT, 0, 0, 20, .u.constant = {300, {1, -2}}}, {9, 1}};
	u8 data[12] = {1, 3, 0, 1, 1, 50, 210, 9, 0, 0, 0, 2}, battery[2] = {7, 88};
	long sum;

	report(input.phys[1]);
	for (u32 i = 0; i < BITS_TO_LONGS(KEY_COUNT); i++)
		report(input.keybit[i] >> 32 ^ (input.keybit[i] & 0xffffffff));
	report(input.evbit[0] * 1000 + input.absbit[0]);
	report(input.absinfo[5].maximum * 100 + input.absinfo[0].minimum + input.absinfo[0].flat);
	receive(0, data, 12);
	receive(2, battery, 2);
	receive(2, battery, 1);
	data[5] = 3;
	receive(0, data, 12);
	for (int i = 0; i < 4; i++) {
		struct kff_effect *e = &effects[i], *slot = &input.ff->effects[e->id];

		report(input.ff->upload(&input, e, slot->type ? slot : NULL));
		*slot = *e;
		report(input.ff->playback(&input, e->id, i + 1));
	}
	report(effects[1].u.periodic.period);
	report(input.ff->playback(&input, 1, 0));
	input.ff->destroy(input.ff);
	kfree(input.ff);
	input.ff = NULL;
	hid.driver->remove(&hid);
	sum = input.sum;
	kfree(input.absinfo);
	return sum;
}
