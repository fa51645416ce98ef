// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct endpoint endpoints[3] = {{2, 2, 64}, {0x81, 2, 64}, {0x83, 3, 6}};
static struct altsetting alts[3] = {{0, 3, endpoints}, {0, 2, endpoints}, {1, 1, endpoints + 2}};
static struct usb_device devices[3] = {{0x1234, 1}, {0x1234, 2}, {0x1234, 2}};
static struct usb_interface intfs[3] = {
	{&alts[0], &devices[0]}, {&alts[1], &devices[1]}, {&alts[2], &devices[2]}};
static struct urb *queue[8];
static int queued, live;
static struct usb_driver *driver;

struct urb *usb_alloc_urb(void)
{
	kernel_only();
	live++;
	return kzalloc(sizeof(struct urb), 0);
}

void usb_free_urb(struct urb *urb)
{
	kernel_only();
	live--;
	kfree(urb);
}

int usb_submit_urb(struct urb *urb)
{
	kernel_only();
	if (queued == 6)
		return -28;
	urb->status = -115;
	urb->dev->in_flight++;
	queue[queued++] = urb;
	return 0;
}

int usb_register(struct usb_driver *d)
{
	kernel_only();
	driver = d;
	for (int i = 0; i < 3; i++)
		for (const struct usb_id *id = d->ids; id->vendor; id++)
			if (id->vendor == intfs[i].dev->vendor &&
				id->product == intfs[i].dev->product)
				report(d->probe(&intfs[i], id));
	return 0;
}

static void complete_one(u8 seed, int status)
{
	struct urb *urb = queue[0];
	long sum = 0;

	for (int i = 1; i < queued; i++)
		queue[i - 1] = queue[i];
	queued--;
	urb->dev->in_flight--;
	urb->status = status;
	if (urb->setup) {
		for (int i = 0; i < 8; i++)
			sum = sum * 3 + urb->setup[i];
		report(sum);
		urb->actual = 8;
	} else {
		for (u32 i = 0; i < urb->length; i++)
			((u8 *)urb->buffer)[i] = seed + i * i;
		urb->actual = urb->length & ~1u;
	}
	urb->complete(urb);
}

int later(void)
{
	for (u8 i = 0; i < 9; i++)
		complete_one(10 * i, 0);
	while (queued)
		complete_one(0, -108);
	for (int i = 0; i < 3; i++)
		if (intfs[i].data)
			driver->disconnect(&intfs[i]);
	report(intfs[0].data == NULL);
	return live * 100 + devices[0].in_flight + devices[2].in_flight;
}
