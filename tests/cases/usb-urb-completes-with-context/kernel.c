// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct usb_interface plugged = {0x10, 2, 0, 0};
static struct urb *queued;

int usb_register(struct usb_driver *driver)
{
	kernel_only();
	for (const struct usb_device_id *id = driver->id_table; id->vendor; id++)
		if (id->vendor == plugged.vendor && id->product == plugged.product)
			return driver->probe(&plugged, id);
	return -6;
}

int usb_submit_urb(struct urb *urb)
{
	kernel_only();
	urb->status = 7;
	urb->intf->submitted++;
	queued = urb;
	return 0;
}

static int giveback(int status, u8 byte)
{
	struct urb *urb = queued;
	u8 *b = urb->transfer_buffer;
	int first = b[0];
	urb->status = status;
	urb->actual_length = urb->transfer_buffer_length / 2;
	for (u32 i = 0; i < urb->actual_length; i++)
		b[i] = byte + i;
	urb->complete(urb);
	return first;
}

int later(void)
{
	int sum = giveback(0, 3);
	kernel_only();
	sum += giveback(0, 11) * 2;
	giveback(-2, 0);
	return sum * 10000 + plugged.submitted * 1000 + plugged.errors;
}
