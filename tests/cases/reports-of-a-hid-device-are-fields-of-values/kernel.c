// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct hid_device dev = {.product = 0x22};

int hid_register_driver(struct hid_driver *driver)
{
	kernel_only();
	dev.driver = driver;
	for (const struct hid_device_id *id = driver->id_table; id->product; id++)
		if (id->product == dev.product)
			report(driver->probe(&dev, id));
	return 0;
}

int hid_parse(struct hid_device *hdev)
{
	u8 *buf = kzalloc(5, 0);
	kernel_only();
	memcpy(buf, (const u8[]){1, 2, 5, 0xee, 9}, 5);
	hdev->rsize = 5;
	hdev->rdesc = hdev->driver->report_fixup(hdev, buf, &hdev->rsize);
	hdev->report_list.next = hdev->report_list.prev = &hdev->report_list;
	for (unsigned at = 0; at + 1 < hdev->rsize; at += 2) {
		struct hid_report *r = kzalloc(sizeof(*r), 0);
		struct hid_field *f = r->field[r->maxfield++] = kzalloc(sizeof(*f), 0);
		r->id = hdev->rdesc[at];
		f->report = r;
		f->maxusage = hdev->rdesc[at + 1];
		f->usage = kzalloc(f->maxusage * sizeof(*f->usage), 0);
		f->value = kzalloc(f->maxusage * sizeof(*f->value), 0);
		f->logical_maximum = 100 * r->id;
		for (unsigned i = 0; i < f->maxusage; i++)
			f->usage[i].hid = r->id * 10 + i;
		r->list.prev = hdev->report_list.prev;
		r->list.next = &hdev->report_list;
		r->list.prev->next = hdev->report_list.prev = &r->list;
	}
	return 0;
}

int hid_hw_output(struct hid_device *hdev, struct hid_report *report)
{
	kernel_only();
	return report->field[0]->value[0] * 1000 + report->field[0]->value[1] +
	       report->field[0]->usage[1].code;
}

int later(void)
{
	struct hid_report *r = container_of(dev.report_list.next, struct hid_report, list);
	static u8 data[3] = {1, 3, 5};
	int taken = 0;
	report(dev.driver->raw_event(
		&dev, container_of(r->list.next, struct hid_report, list), data, 3));
	report(dev.driver->raw_event(&dev, r, data, 3));
	for (int i = 0; i < 2; i++) {
		r->field[0]->value[i] = i + 1;
		taken += dev.driver->event(&dev, r->field[0], &r->field[0]->usage[i], data[1 + i]);
	}
	return taken * 100 + data[1];
}
