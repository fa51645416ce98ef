// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct usb_device {
	int devnum;
	u16 maxpacket;
};

struct usb_endpoint_descriptor {
	u8 bEndpointAddress;
	u8 bmAttributes;
	u16 wMaxPacketSize;
};

struct usb_host_interface {
	u8 bNumEndpoints;
	struct usb_endpoint_descriptor *endpoint;
};

struct usb_interface {
	struct usb_host_interface *cur_altsetting;
	struct usb_device *udev;
	void *data;
};

struct usb_device_id {
	u16 idVendor;
	u16 idProduct;
	unsigned long driver_info;
};

struct usb_driver {
	const char *name;
	int (*probe)(struct usb_interface *intf, const struct usb_device_id *id);
	void (*disconnect)(struct usb_interface *intf);
	const struct usb_device_id *id_table;
};

struct urb;

struct usb_iso_packet_descriptor {
	unsigned offset;
	unsigned length;
	unsigned actual_length;
	int status;
};

struct urb {
	struct usb_device *dev;
	u8 endpoint;
	int status;
	void *transfer_buffer;
	u32 transfer_buffer_length;
	u32 actual_length;
	int number_of_packets;
	int error_count;
	void *context;
	void (*complete)(struct urb *urb);
	struct usb_iso_packet_descriptor iso_frame_desc[];
};

int usb_register(struct usb_driver *driver);
struct urb *usb_alloc_urb(int iso_packets, u32 mem_flags);
void usb_free_urb(struct urb *urb);
int usb_submit_urb(struct urb *urb, u32 mem_flags);
void usb_kill_urb(struct urb *urb);
int usb_control_msg(struct usb_device *dev, u8 request, u16 value, void *data, u16 size);
