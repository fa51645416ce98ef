// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct usb_device_id {
	u16 vendor, product;
	unsigned long driver_info;
};

struct usb_interface {
	u16 vendor, product;
	u32 submitted, errors;
};

struct urb {
	struct usb_interface *intf;
	void *transfer_buffer;
	u32 transfer_buffer_length, actual_length;
	int status;
	void *context;
	void (*complete)(struct urb *urb);
};

struct usb_driver {
	int (*probe)(struct usb_interface *intf, const struct usb_device_id *id);
	const struct usb_device_id *id_table;
};

int usb_register(struct usb_driver *driver);
int usb_submit_urb(struct urb *urb);
