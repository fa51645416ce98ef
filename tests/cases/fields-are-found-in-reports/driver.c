// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_model {
	const char *label;
	u8 nkeys, scale;
};

struct x_pad {
	struct khid *hid;
	const struct x_model *model;
	struct khid_report *out;
	u32 raw, ignored, battery;
	u16 magnitudes[3];
	u8 *buffer;
};

struct x_ff {
	struct x_pad *pad;
	u32 uploads;
};

static const struct x_model models[] = {{"small", 3, 1}, {"large", 12, 4}};
static const u16 keymap[] = {100, 3, 127, 64, 63, 129};
static const struct khid_device_id ids[] = {{3, 1, 0x46d, 1, 0}, {3, 1, 0x46d, 2, 1}, {}};

static u8 *report_fixup(struct khid *h, u8 *rdesc, u32 *size)
{
	static u8 mended[16];

	if (*size >= 6 && rdesc[4] == 0x81 && rdesc[5] == 0xff) {
		memcpy(mended, rdesc, 6);
		mended[5] = 0x02;
		mended[6] = 0xc0;
		*size = 7;
		return mended;
	}
	return rdesc;
}

static int input_mapping(struct khid *h, struct khid_input *hi, struct khid_field *f,
	struct khid_usage *u, unsigned long **bit, int *max)
{
	struct x_pad *pad = h->drvdata;
	u32 page = u->hid >> 16, nr = u->hid & 0xffff;

	if (page == 9) {
		if (nr >= pad->model->nkeys || nr >= 6)
			return -1;
		kmap_usage(hi, u, bit, max, EV_KEY, keymap[nr]);
		return 1;
	}
	if (page == 1 && nr >= 0x30) {
		kmap_usage(hi, u, bit, max, EV_ABS, nr - 0x30);
		kinput_set_abs(hi->input, nr - 0x30, f->min * pad->model->scale,
			f->max * pad->model->scale, f->report_size / 4);
		u->factor = pad->model->scale;
		return 1;
	}
	return page == 0xff ? -1 : 0;
}

static int event(struct khid *h, struct khid_field *f, struct khid_usage *u, int value)
{
	struct x_pad *pad = h->drvdata;

	if (u->type != EV_ABS || !u->factor)
		return 0;
	kinput_event(h->input.input, u->type, u->code, value * u->factor - f->min);
	pad->ignored += f->index;
	return 1;
}

static int raw_event(struct khid *h, struct khid_report *r, u8 *data, int size)
{
	struct x_pad *pad = h->drvdata;

	pad->raw++;
	if (r->id != 7 && size > 2) {
		data[1] ^= data[size - 1];
		return 0;
	}
	if (size < 2)
		return -22;
	pad->battery = data[1];
	return 1;
}

static void send(struct x_pad *pad, int slot, u16 value)
{
	struct khid_field *f = pad->out->field[0];

	f->value[0] = slot;
	f->value[1] = value;
	for (u32 i = 2; i < f->report_count; i++)
		f->value[i] = pad->buffer[i] + i;
	khid_request(pad->hid, pad->out, 9);
}

static int upload(struct kinput *i, struct kff_effect *e, struct kff_effect *old)
{
	struct x_ff *x = i->ff->private;
	u16 *m = &x->pad->magnitudes[e->id];

	x->uploads++;
	switch (e->type) {
	case FF_RUMBLE:
		*m = e->u.rumble.strong / 2 + e->u.rumble.weak / 4;
		break;
	case FF_CONSTANT:
		*m = e->u.constant.level + e->u.constant.attack[1];
		break;
	case FF_PERIODIC:
		*m = e->u.periodic.magnitude;
		for (u32 k = 0; k < e->u.periodic.custom_len; k++)
			*m += e->u.periodic.custom_data[k];
		e->u.periodic.period = e->u.periodic.period < 10 ? 10 : e->u.periodic.period;
		break;
	default:
		return -22;
	}
	return old ? old->type : 0;
}

static int playback(struct kinput *i, int id, int value)
{
	struct x_ff *x = i->ff->private;

	send(x->pad, id, value ? x->pad->magnitudes[id] : 0);
	return 0;
}

static void ff_destroy(struct kff *ff)
{
	struct x_ff *x = ff->private;

	report(x->uploads);
	kfree(x);
}

static int x_probe(struct khid *h, const struct khid_device_id *id)
{
	struct x_pad *pad = kzalloc(sizeof(*pad), 0);
	struct kinput *input;
	struct x_ff *x;
	int err;

	pad->hid = h;
	pad->model = &models[id->driver_data];
	h->drvdata = pad;
	err = khid_parse(h);
	if (!err)
		err = khid_start(h, 3);
	for (u32 i = 0; i < h->nreports; i++)
		if (h->reports[i]->type == 1 && h->reports[i]->field[0]->report_count >= 2)
			pad->out = h->reports[i];
	if (err || !pad->out) {
		kfree(pad);
		return err ? err : -19;
	}
	pad->buffer = kzalloc(8, 0);
	pad->buffer[2] = 40;
	input = h->input.input;
	input->phys = pad->model->label;
	kset_bit(FF_RUMBLE, input->evbit);
	if (!kff_create(input, 2)) {
		x = kzalloc(sizeof(*x), 0);
		x->pad = pad;
		input->ff->private = x;
		input->ff->upload = upload;
		input->ff->playback = playback;
		input->ff->destroy = ff_destroy;
	}
	return 0;
}

static void x_remove(struct khid *h)
{
	struct x_pad *pad = h->drvdata;

	report(pad->raw * 10000 + pad->ignored * 1000 + pad->battery);
	kfree(pad->buffer);
	kfree(pad);
	h->drvdata = NULL;
}

static struct khid_driver driver = {"x-pad", ids, x_probe, x_remove, report_fixup, input_mapping,
	event, raw_event};

static int x_init(void)
{
	return khid_register(&driver);
}

module_init(x_init);
