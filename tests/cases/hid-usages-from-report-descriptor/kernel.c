// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct khid_driver *driver;
static struct khid *probed;

int khid_probe(const struct khid_driver *drv, struct khid *hid)
{
	u8 raw[8] = {2, 0xff, 1, 2}, *desc;
	u32 size = 4, offset = 0, number = 1;
	kernel_only();
	driver = drv;
	probed = hid;
	desc = drv->fixup(hid, raw, &size);
	for (u32 i = 0; i + 1 < size; i += 2) {
		struct kfield *field = kzalloc(sizeof *field, 0);
		*field = (struct kfield){offset, desc[i + 1], desc[i]};
		field->usages = kzalloc(field->nusages * sizeof *field->usages, 0);
		for (u32 j = 0; j < field->nusages; j++) {
			field->usages[j].hid = number++;
			field->usages[j].code = drv->map(hid, field, &field->usages[j]);
		}
		offset += field->nusages * field->size;
		hid->fields[hid->nfields++] = field;
	}
	return offset * 1000 + hid->fields[0]->usages[1].hid;
}

int khid_report(struct khid *hid, u64 bits)
{
	int handled = 0;
	kernel_only();
	for (u32 i = 0; i < hid->nfields; i++) {
		struct kfield *f = hid->fields[i];
		for (u32 j = 0; j < f->nusages; j++) {
			int value = bits >> (f->offset + j * f->size) & ((1 << f->size) - 1);
			if (f->usages[j].code)
				handled =
					handled * 10 + driver->event(hid, f, &f->usages[j], value);
		}
	}
	return handled;
}

int later(void)
{
	kernel_only();
	probed->fields[1]->usages[0].code = 0;
	return khid_report(probed, 0x3f);
}
