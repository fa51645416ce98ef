// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_quirk {
	u8 swap, request;
	u16 limit;
};

struct x_dev {
	struct usb_interface *intf;
	const struct x_quirk *quirk;
	struct urb *irq, *ctrl;
	u8 *buf, setup[8];
	u32 events, sum;
};

static const struct x_quirk plain = {0, 0x21, 8}, swapped = {1, 0x42, 4};
static const struct usb_id ids[] = {
	{0x1234, 1, (unsigned long)&plain}, {0x1234, 2, (unsigned long)&swapped}, {0}};

static void x_ctrl(struct urb *urb)
{
	struct x_dev *x = urb->context;

	report(x->events * 100 + urb->status + urb->actual);
}

static void x_irq(struct urb *urb)
{
	struct x_dev *x = urb->context;
	u8 *b = urb->buffer;

	if (urb->status)
		return;
	for (u32 i = 0; i < urb->actual; i++)
		x->sum = x->sum * 5 + (x->quirk->swap ? b[i ^ 1] : b[i]);
	x->events++;
	if (x->events % 2 == 0) {
		x->setup[2] = x->sum;
		x->setup[6] = x->quirk->limit;
		usb_submit_urb(x->ctrl);
	}
	report(usb_submit_urb(urb));
}

static int x_probe(struct usb_interface *intf, const struct usb_id *id)
{
	struct endpoint *in = NULL;
	struct x_dev *x;

	for (int i = 0; i < intf->cur->nendpoints; i++)
		if (intf->cur->endpoint[i].address & 0x80 && intf->cur->endpoint[i].attributes == 3)
			in = &intf->cur->endpoint[i];
	if (!in)
		return -19;
	x = kzalloc(sizeof(*x), 0);
	x->intf = intf;
	x->quirk = (const struct x_quirk *)id->driver_info;
	x->irq = usb_alloc_urb();
	x->ctrl = usb_alloc_urb();
	x->buf = kzalloc(in->maxp, 0);
	x->setup[1] = x->quirk->request;
	x->irq->buffer = x->buf;
	x->irq->length = in->maxp < x->quirk->limit ? in->maxp : x->quirk->limit;
	x->irq->complete = x_irq;
	x->irq->pipe = in->address;
	x->ctrl->setup = x->setup;
	x->ctrl->complete = x_ctrl;
	x->irq->context = x->ctrl->context = x;
	x->irq->dev = x->ctrl->dev = intf->dev;
	intf->data = x;
	return usb_submit_urb(x->irq);
}

static void x_disconnect(struct usb_interface *intf)
{
	struct x_dev *x = intf->data;

	intf->data = NULL;
	report(x->sum);
	usb_free_urb(x->irq);
	usb_free_urb(x->ctrl);
	kfree(x->buf);
	kfree(x);
}

static struct usb_driver driver = {"x-usb", ids, x_probe, x_disconnect};

static int x_init(void)
{
	return usb_register(&driver);
}

module_init(x_init);
