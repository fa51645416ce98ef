// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_serial;

struct info {
	u32 extra;
	int (*fixup)(struct x_serial *x);
};

struct rx {
	struct urb *urb;
	struct x_serial *x;
	u32 index;
	u8 buf[16];
};

struct x_serial {
	struct usb_interface *intf;
	struct usb_device *udev;
	struct usb_anchor submitted;
	const struct info *info;
	struct rx *rx;
	u8 in, out;
	u32 nrx, bytes, errors, killed, sum, version, written;
};

static int fixup(struct x_serial *x)
{
	u8 *data = kzalloc(4, 0);
	int err = kusb_control(x->udev, 0x40, x->info->extra, data, 4);

	if (err == 4)
		x->version = data[0] | data[1] << 8 | data[3] << 16;
	kfree(data);
	return err < 0 ? err : 0;
}

static const struct info plain = {2, NULL};
static const struct info fancy = {3, fixup};
static const struct usb_device_id ids[] = {
	{0x1234, 1, (unsigned long)&plain},
	{0x1234, 2, (unsigned long)&fancy},
	{0},
};

static void received(struct urb *urb)
{
	struct rx *rx = urb->context;
	struct x_serial *x = rx->x;

	switch (urb->status) {
	case 0:
		break;
	case -2:
	case -104:
		x->killed++;
		return;
	default:
		x->errors++;
		goto again;
	}
	for (u32 i = 0; i < urb->actual_length; i++)
		x->sum = x->sum * 3 + rx->buf[i] + rx->index;
	x->bytes += urb->actual_length;
again:
	kusb_anchor(urb, &x->submitted);
	if (kusb_submit(urb))
		report(-1000 - rx->index);
}

static void written(struct urb *urb)
{
	struct x_serial *x = urb->context;

	if (!urb->status)
		x->written += urb->actual_length;
	kfree(urb->transfer_buffer);
	kusb_free_urb(urb);
}

static int write(struct x_serial *x, u32 len)
{
	struct urb *urb = kusb_alloc_urb();
	u8 *data = kzalloc(len, 0);
	int err;

	for (u32 i = 0; i < len; i++)
		data[i] = i * i;
	urb->dev = x->udev;
	urb->pipe = x->out;
	urb->transfer_buffer = data;
	urb->transfer_buffer_length = len;
	urb->complete = written;
	urb->context = x;
	err = kusb_submit(urb);
	if (err) {
		kfree(data);
		kusb_free_urb(urb);
	}
	return err;
}

static int probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct usb_host_interface *cur = intf->cur;
	struct x_serial *x = kzalloc(sizeof(*x), 0);
	u16 maxp = 0;

	x->intf = intf;
	x->udev = intf->udev;
	x->info = (const struct info *)id->driver_info;
	x->submitted.urbs.next = x->submitted.urbs.prev = &x->submitted.urbs;
	for (int i = 0; i < cur->num_endpoints; i++) {
		struct usb_endpoint *ep = &cur->endpoint[i];

		if ((ep->attributes & 3) != 2)
			continue;
		if (ep->address & 0x80) {
			x->in = ep->address;
			maxp = ep->maxp;
		} else {
			x->out = ep->address;
		}
	}
	if (!x->in || maxp > 16) {
		kfree(x);
		return -19;
	}
	if (x->info->fixup && x->info->fixup(x)) {
		kfree(x);
		return -5;
	}
	x->nrx = x->info->extra;
	x->rx = kzalloc(x->nrx * sizeof(*x->rx), 0);
	for (u32 i = 0; i < x->nrx; i++) {
		struct rx *rx = &x->rx[i];

		rx->x = x;
		rx->index = i;
		rx->urb = kusb_alloc_urb();
		rx->urb->dev = x->udev;
		rx->urb->pipe = x->in;
		rx->urb->transfer_buffer = rx->buf;
		rx->urb->transfer_buffer_length = maxp;
		rx->urb->complete = received;
		rx->urb->context = rx;
		kusb_anchor(rx->urb, &x->submitted);
		report(kusb_submit(rx->urb));
	}
	intf->data = x;
	report(x->version);
	report(x->udev->product[1]);
	report(write(x, 7));
	report(write(x, 40));
	return 0;
}

static void disconnect(struct usb_interface *intf)
{
	struct x_serial *x = intf->data;

	intf->data = NULL;
	kusb_kill_anchored(&x->submitted);
	report(x->sum);
	report(x->bytes * 100 + x->errors * 10 + x->killed);
	report(x->written);
	for (u32 i = 0; i < x->nrx; i++)
		kusb_free_urb(x->rx[i].urb);
	kfree(x->rx);
	kfree(x);
}

static struct usb_driver driver = {"x-serial", probe, disconnect, ids};

static int x_init(void)
{
	return kusb_register(&driver);
}

module_init(x_init);
