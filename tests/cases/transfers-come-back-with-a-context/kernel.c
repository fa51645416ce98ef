// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct kusb_dev {
	u16 vendor, product;
	struct kurb *flying[6];
	u32 nflying, submitted, live;
};

static struct kusb_dev dev = {0x1d6b, 2};
static const u8 extra[] = {5, 0x24, 7, 9, 9, 3, 0x25, 1, 4, 0x24, 3, 0};
static struct khost_ep endpoints[] = {{{7, 5, 0x81, 2, 64, 0}, 1, extra, 5},
	{{7, 5, 0x02, 2, 64, 0}, 1, extra + 5, 7}, {{7, 5, 0x83, 1, 16, 1}, 1, NULL, 0}};
static struct kalt alts[] = {{2, 0, 1, 0xff, endpoints}, {2, 1, 3, 0xff, endpoints}};
static struct kusb_intf intf = {alts, &alts[0], 2, &dev};
static struct kusb_driver *driver;

int kusb_register(struct kusb_driver *d)
{
	int err = -19;

	kernel_only();
	driver = d;
	for (const struct kusb_id *id = d->ids; id->vendor; id++)
		for (int a = 0; a < 2 && id->product == dev.product && err; a++) {
			intf.cur = &alts[a];
			err = d->probe(&intf, id);
			report(err);
		}
	return err;
}

struct kurb *kurb_alloc(int packets, u32 flags)
{
	struct kurb *urb = kzalloc(sizeof(*urb) + packets * sizeof(urb->iso[0]), 0);

	kernel_only();
	urb->refs = 1;
	urb->number_of_packets = packets;
	dev.live++;
	return urb;
}

void kurb_free(struct kurb *urb)
{
	kernel_only();
	if (--urb->refs)
		return;
	dev.live--;
	kfree(urb);
}

void kanchor_init(struct kanchor *a)
{
	kernel_only();
	a->urbs.next = a->urbs.prev = &a->urbs;
}

void kurb_anchor(struct kurb *urb, struct kanchor *a)
{
	kernel_only();
	urb->refs++;
	urb->anchor = a;
	urb->anchor_list.next = &a->urbs;
	urb->anchor_list.prev = a->urbs.prev;
	a->urbs.prev->next = &urb->anchor_list;
	a->urbs.prev = &urb->anchor_list;
}

static void unanchor(struct kurb *urb)
{
	if (!urb->anchor)
		return;
	urb->anchor_list.next->prev = urb->anchor_list.prev;
	urb->anchor_list.prev->next = urb->anchor_list.next;
	urb->anchor = NULL;
	kurb_free(urb);
}

int kurb_submit(struct kurb *urb)
{
	kernel_only();
	if (urb->length > 32 || dev.nflying == 6) {
		unanchor(urb);
		return -90;
	}
	urb->refs++;
	urb->status = -115;
	dev.submitted++;
	dev.flying[dev.nflying++] = urb;
	return 0;
}

static void give_back(u32 at, int status)
{
	struct kurb *urb = dev.flying[at];

	for (dev.nflying--; at < dev.nflying; at++)
		dev.flying[at] = dev.flying[at + 1];
	urb->status = status;
	unanchor(urb);
	urb->complete(urb);
	kurb_free(urb);
}

void kanchor_kill(struct kanchor *a)
{
	kernel_only();
	a->poisoned++;
	for (u32 i = dev.nflying; i--;)
		if (dev.flying[i]->anchor == a)
			give_back(i, -2);
	a->poisoned--;
}

int kusb_control(struct kusb_dev *d, struct kctrl_setup *setup, void *data)
{
	kernel_only();
	report(((u8 *)data)[0] * 1000 + ((u8 *)data)[2]);
	((u8 *)data)[3] = setup->request + setup->index;
	return setup->type + setup->length + d->product;
}

int kinput_chars(void *port, const u8 *chars, u32 n)
{
	long sum = ((struct kusb_intf *)port)->cur->number;

	kernel_only();
	for (u32 i = 0; i < n; i++)
		sum = (sum * 17 + chars[i]) % 100003;
	report(sum);
	return n;
}

static void frame(int seed, int status)
{
	struct kurb *urb = dev.flying[0];

	urb->actual_length = urb->length - seed % 3;
	if (!(urb->pipe & 0x8000)) {
		kinput_chars(&intf, urb->buffer, urb->length);
	} else {
		for (u32 i = 0; i < urb->actual_length; i++)
			((u8 *)urb->buffer)[i] = seed * 3 + i;
		for (int i = 0; i < urb->number_of_packets; i++) {
			urb->iso[i].actual = urb->iso[i].length - i;
			urb->iso[i].status = seed == 5 && i ? -84 : 0;
		}
	}
	give_back(0, status);
}

int later(void)
{
	for (int i = 1; i < 7; i++)
		frame(i, i == 3 ? -32 : 0);
	report(driver->suspend(&intf, 1));
	report(driver->resume(&intf));
	report(dev.nflying * 100 + dev.submitted);
	report(driver->suspend(&intf, 1));
	frame(8, 0);
	frame(9, 0);
	report(driver->suspend(&intf, 1));
	report(driver->resume(&intf));
	while (dev.nflying > 1)
		frame(10, dev.nflying == 2 ? -108 : 0);
	driver->disconnect(&intf);
	report(intf.pm_count * 10 + !intf.data);
	return dev.live;
}
