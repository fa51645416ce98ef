// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct hid_usage {
	unsigned hid;
	u16 code;
};

struct hid_field {
	struct hid_usage *usage;
	unsigned maxusage;
	int *value, logical_maximum;
	struct hid_report *report;
};

struct hid_report {
	struct list_head list;
	unsigned id, maxfield;
	struct hid_field *field[4];
};

struct hid_device {
	u32 product;
	const u8 *rdesc;
	unsigned rsize;
	struct list_head report_list;
	void *driver_data;
	struct hid_driver *driver;
};

struct hid_device_id {
	u32 product;
	unsigned long driver_data;
};

struct hid_driver {
	const struct hid_device_id *id_table;
	int (*probe)(struct hid_device *hdev, const struct hid_device_id *id);
	const u8 *(*report_fixup)(struct hid_device *hdev, u8 *buf, unsigned *size);
	int (*raw_event)(struct hid_device *hdev, struct hid_report *report, u8 *data, int size);
	int (*event)(struct hid_device *hdev, struct hid_field *field, struct hid_usage *usage,
		int value);
};

int hid_register_driver(struct hid_driver *driver);
int hid_parse(struct hid_device *hdev);
int hid_hw_output(struct hid_device *hdev, struct hid_report *report);
