// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct pad {
	unsigned quirks;
	int sum, raw;
};

static const u8 *pad_fixup(struct hid_device *hdev, u8 *buf, unsigned *size)
{
	if (*size >= 4 && buf[3] == 0xee)
		buf[3] = 2;
	*size -= 1;
	return buf;
}

static int pad_probe(struct hid_device *hdev, const struct hid_device_id *id)
{
	struct pad *pad = kzalloc(sizeof(*pad), 0);
	struct hid_report *report_;
	int err;
	pad->quirks = id->driver_data;
	hdev->driver_data = pad;
	err = hid_parse(hdev);
	if (err)
		return err;
	report_ = container_of(hdev->report_list.prev, struct hid_report, list);
	report(report_->id * 1000 + report_->maxfield * 100 + report_->field[0]->maxusage * 10 +
		hdev->rsize);
	report_->field[0]->value[0] = 3;
	report_->field[0]->value[1] = report_->field[0]->logical_maximum - 1;
	report_->field[0]->usage[1].code = 0x30;
	return hid_hw_output(hdev, report_);
}

static int pad_raw(struct hid_device *hdev, struct hid_report *report, u8 *data, int size)
{
	struct pad *pad = hdev->driver_data;
	if (data[0] != report->id)
		return -1;
	pad->raw += size;
	data[1] ^= pad->quirks;
	return 0;
}

static int pad_event(
	struct hid_device *hdev, struct hid_field *field, struct hid_usage *usage, int value)
{
	struct pad *pad = hdev->driver_data;
	pad->sum = pad->sum * 10 + value + field->value[usage - field->usage];
	report(usage->code * 10000 + usage->hid * 100 + pad->sum);
	return pad->raw == 3 && value == 7;
}
static const struct hid_device_id pad_ids[] = {{0x11, 1}, {0x22, 4}, {0}};
static struct hid_driver pad_driver = {pad_ids, pad_probe, pad_fixup, pad_raw, pad_event};

static int pad_init(void)
{
	return hid_register_driver(&pad_driver);
}

module_init(pad_init);
