// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct usb_device {
	u32 devnum, speed;
	const char *product;
};

struct usb_endpoint {
	u8 address, attributes;
	u16 maxp;
};

struct usb_host_interface {
	u8 number, num_endpoints;
	struct usb_endpoint *endpoint;
};

struct usb_interface {
	struct usb_host_interface *cur;
	struct usb_device *udev;
	void *data;
};

struct usb_anchor {
	struct list_head urbs;
	u32 poisoned;
};

struct urb {
	struct list_head anchor_list;
	struct usb_anchor *anchor;
	struct usb_device *dev;
	u32 pipe, transfer_flags, transfer_buffer_length, actual_length;
	int status, use_count;
	u8 *transfer_buffer, *setup_packet;
	void *context;
	void (*complete)(struct urb *urb);
};

struct usb_device_id {
	u16 vendor, product;
	unsigned long driver_info;
};

struct usb_driver {
	const char *name;
	int (*probe)(struct usb_interface *intf, const struct usb_device_id *id);
	void (*disconnect)(struct usb_interface *intf);
	const struct usb_device_id *id_table;
};

int kusb_register(struct usb_driver *driver);
struct urb *kusb_alloc_urb(void);
void kusb_free_urb(struct urb *urb);
void kusb_anchor(struct urb *urb, struct usb_anchor *anchor);
void kusb_kill_anchored(struct usb_anchor *anchor);
int kusb_submit(struct urb *urb);
int kusb_control(struct usb_device *dev, u8 request, u16 value, void *data, u16 size);
