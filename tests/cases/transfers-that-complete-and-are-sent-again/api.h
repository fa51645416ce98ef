// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct usb_id {
	u16 vendor, product;
	unsigned long driver_info;
};

struct endpoint {
	u8 address, attributes;
	u16 maxp;
};

struct altsetting {
	u8 number, nendpoints;
	struct endpoint *endpoint;
};

struct usb_device {
	u16 vendor, product;
	u32 in_flight;
};

struct usb_interface {
	struct altsetting *cur;
	struct usb_device *dev;
	void *data;
};

struct urb {
	struct usb_device *dev;
	u32 pipe;
	int status;
	u8 *setup;
	void *buffer;
	u32 length, actual, interval;
	void (*complete)(struct urb *urb);
	void *context;
};

struct usb_driver {
	const char *name;
	const struct usb_id *ids;
	int (*probe)(struct usb_interface *intf, const struct usb_id *id);
	void (*disconnect)(struct usb_interface *intf);
};

int usb_register(struct usb_driver *d);
struct urb *usb_alloc_urb(void);
void usb_free_urb(struct urb *urb);
int usb_submit_urb(struct urb *urb);
