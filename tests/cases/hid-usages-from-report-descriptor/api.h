// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kusage {
	u32 hid, code;
};

struct kfield {
	u32 offset, size, nusages;
	struct kusage *usages;
};

struct khid {
	struct kfield *fields[4];
	u32 nfields;
};

struct khid_driver {
	u8 *(*fixup)(struct khid *hid, u8 *desc, u32 *size);
	int (*map)(struct khid *hid, struct kfield *field, struct kusage *usage);
	int (*event)(struct khid *hid, struct kfield *field, struct kusage *usage, int value);
};

int khid_probe(const struct khid_driver *driver, struct khid *hid);
int khid_report(struct khid *hid, u64 bits);
