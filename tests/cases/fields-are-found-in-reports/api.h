// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define BITS_PER_LONG 64
#define BITS_TO_LONGS(n) (((n) + 63) / 64)
#define KEY_COUNT 130
#define ABS_COUNT 8

enum { EV_SYN, EV_KEY, EV_REL, EV_ABS, EV_FF, EV_COUNT };
enum { FF_RUMBLE = 1, FF_PERIODIC, FF_CONSTANT };

struct khid;
struct kinput;
struct khid_report;
struct khid_driver;

struct khid_usage {
	u32 hid;
	u16 code;
	u8 type;
	signed char factor;
};

struct khid_field {
	u32 physical, application, flags, maxusage, report_offset, report_size, report_count;
	struct khid_usage *usage;
	int *value, min, max;
	struct khid_report *report;
	u32 index;
};

struct khid_report {
	u32 id, type, maxfield, size;
	struct khid_field *field[4];
	struct khid *device;
};

struct khid_input {
	struct khid_report *report;
	struct kinput *input;
	const char *name;
	_Bool registered;
};

struct khid_device_id {
	u16 bus, group;
	u32 vendor, product;
	unsigned long driver_data;
};

struct khid {
	u8 *rdesc;
	u32 rsize, vendor, product, quirks, nreports;
	struct khid_report *reports[3];
	struct khid_input input;
	struct khid_driver *driver;
	void *drvdata;
	char name[16];
};

struct khid_driver {
	const char *name;
	const struct khid_device_id *id_table;
	int (*probe)(struct khid *h, const struct khid_device_id *id);
	void (*remove)(struct khid *h);
	u8 *(*report_fixup)(struct khid *h, u8 *rdesc, u32 *size);
	int (*input_mapping)(struct khid *h, struct khid_input *hi, struct khid_field *f,
		struct khid_usage *u, unsigned long **bit, int *max);
	int (*event)(struct khid *h, struct khid_field *f, struct khid_usage *u, int value);
	int (*raw_event)(struct khid *h, struct khid_report *r, u8 *data, int size);
};

struct kff_effect {
	u16 type;
	short id;
	u16 direction, length;

	union {
		struct {
			short level, attack[2];
		} constant;

		struct {
			u16 waveform, period;
			short magnitude;
			u32 custom_len;
			short *custom_data;
		} periodic;

		struct {
			u16 strong, weak;
		} rumble;
	} u;
};

struct kabs {
	int value, minimum, maximum, fuzz, flat;
};

struct kff {
	int (*upload)(struct kinput *i, struct kff_effect *e, struct kff_effect *old);
	int (*playback)(struct kinput *i, int id, int value);
	void (*destroy)(struct kff *ff);
	void *private;
	int max_effects;
	struct kff_effect effects[3];
};

struct kinput {
	const char *name, *phys;
	unsigned long evbit[1], keybit[BITS_TO_LONGS(KEY_COUNT)], absbit[1];
	struct kabs *absinfo;
	struct kff *ff;
	void *drvdata;
	long sum;
};

int khid_register(struct khid_driver *d);
int khid_parse(struct khid *h);
int khid_start(struct khid *h, u32 connect);
void khid_request(struct khid *h, struct khid_report *r, int type);
void kinput_event(struct kinput *i, u32 type, u32 code, int value);
void kinput_set_abs(struct kinput *i, u32 axis, int min, int max, int fuzz);
int kff_create(struct kinput *i, int max);

static inline void kset_bit(u32 nr, unsigned long *addr)
{
	addr[nr / BITS_PER_LONG] |= 1ul << nr % BITS_PER_LONG;
}

static inline void kmap_usage(struct khid_input *hi, struct khid_usage *u, unsigned long **bit,
	int *max, u8 type, u16 code)
{
	u->type = type;
	u->code = code;
	*bit = type == EV_KEY ? hi->input->keybit : hi->input->absbit;
	*max = type == EV_KEY ? KEY_COUNT - 1 : ABS_COUNT - 1;
}
