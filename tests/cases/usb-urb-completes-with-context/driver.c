// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_usb {
	struct urb *urb;
	u8 buf[8];
	u32 quirks, total;
};

static void x_complete(struct urb *urb)
{
	struct x_usb *x = urb->context;
	u8 *b = urb->transfer_buffer;
	if (urb->status) {
		urb->intf->errors = x->total;
		return;
	}
	for (u32 i = 0; i < urb->actual_length; i++)
		x->total += b[i] * x->quirks;
	b[0] = x->total;
	urb->transfer_buffer_length--;
	usb_submit_urb(urb);
}

static int x_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct x_usb *x = kzalloc(sizeof *x, 0);
	x->urb = kzalloc(sizeof *x->urb, 0);
	x->quirks = id->driver_info;
	x->buf[0] = 100;
	*x->urb = (struct urb){intf, x->buf, sizeof x->buf, 0, 0, x, x_complete};
	usb_submit_urb(x->urb);
	return x->urb->status;
}

static const struct usb_device_id x_ids[] = {{0x10, 1, 5}, {0x10, 2, 3}, {0x11, 2, 7}, {}};
static struct usb_driver x_driver = {x_probe, x_ids};

static int x_init(void)
{
	report(usb_register(&x_driver));
	return 0;
}
module_init(x_init);
