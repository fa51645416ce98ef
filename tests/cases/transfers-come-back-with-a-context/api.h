// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kusb_dev;

struct kdesc_header {
	u8 length, type;
} __attribute__((packed));

struct kep_desc {
	u8 length, type, address, attributes;
	u16 max_packet;
	u8 interval;
} __attribute__((packed));

struct khost_ep {
	struct kep_desc desc;
	int enabled;
	const u8 *extra;
	int extralen;
};

struct kalt {
	u8 number, alternate, num_endpoints, class;
	struct khost_ep *endpoint;
};

struct kusb_intf {
	struct kalt *altsetting, *cur;
	u32 num_alt;
	struct kusb_dev *udev;
	void *data;
	int pm_count;
};

struct kusb_id {
	u16 vendor, product;
	unsigned long info;
};

struct kanchor {
	struct list_head urbs;
	u32 poisoned;
};

struct kiso {
	u32 offset, length, actual;
	int status;
};

struct kurb {
	u32 refs;
	struct list_head anchor_list;
	struct kanchor *anchor;
	struct kusb_dev *dev;
	u32 pipe, flags;
	int status;
	void *buffer;
	u8 *setup;
	u32 length, actual_length;
	int number_of_packets, error_count;
	void *context;
	void (*complete)(struct kurb *urb);
	struct kiso iso[];
};

struct kusb_driver {
	const char *name;
	const struct kusb_id *ids;
	int (*probe)(struct kusb_intf *intf, const struct kusb_id *id);
	void (*disconnect)(struct kusb_intf *intf);
	int (*suspend)(struct kusb_intf *intf, u32 message);
	int (*resume)(struct kusb_intf *intf);
};

struct kctrl_setup {
	u8 type, request;
	u16 value, index, length;
};

int kusb_register(struct kusb_driver *d);
struct kurb *kurb_alloc(int packets, u32 flags);
void kurb_free(struct kurb *urb);
void kurb_anchor(struct kurb *urb, struct kanchor *a);
int kurb_submit(struct kurb *urb);
void kanchor_kill(struct kanchor *a);
void kanchor_init(struct kanchor *a);
int kusb_control(struct kusb_dev *d, struct kctrl_setup *setup, void *data);
int kinput_chars(void *port, const u8 *chars, u32 n);

static inline void kusb_set_data(struct kusb_intf *intf, void *data)
{
	intf->data = data;
}

static inline u32 kpipe(const struct kep_desc *d)
{
	return d->address << 8 | (d->attributes & 3);
}
