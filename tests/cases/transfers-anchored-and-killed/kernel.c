// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct usb_driver *the_driver;
static struct urb *pending[8];
static int npending, live;

static struct usb_endpoint endpoints[] = {{0x83, 3, 8}, {0x81, 2, 12}, {0x02, 2, 12}};
static struct usb_host_interface setting = {0, 3, endpoints};
static struct usb_device device = {9, 3, "USB thing"};
static struct usb_interface interface = {&setting, &device};

int kusb_register(struct usb_driver *driver)
{
	kernel_only();
	the_driver = driver;
	return 0;
}

struct urb *kusb_alloc_urb(void)
{
	kernel_only();
	live++;
	return kzalloc(sizeof(struct urb), 0);
}

void kusb_free_urb(struct urb *urb)
{
	kernel_only();
	live--;
	kfree(urb);
}

void kusb_anchor(struct urb *urb, struct usb_anchor *anchor)
{
	kernel_only();
	urb->anchor_list.next = &anchor->urbs;
	urb->anchor_list.prev = anchor->urbs.prev;
	anchor->urbs.prev->next = &urb->anchor_list;
	anchor->urbs.prev = &urb->anchor_list;
	urb->anchor = anchor;
}

static void unanchor(struct urb *urb)
{
	if (!urb->anchor)
		return;
	urb->anchor_list.prev->next = urb->anchor_list.next;
	urb->anchor_list.next->prev = urb->anchor_list.prev;
	urb->anchor = NULL;
}

static void give_back(int i, int status, u32 length)
{
	struct urb *urb = pending[i];

	while (++i < npending)
		pending[i - 1] = pending[i];
	npending--;
	unanchor(urb);
	urb->status = status;
	urb->actual_length = length;
	urb->complete(urb);
}

void kusb_kill_anchored(struct usb_anchor *anchor)
{
	kernel_only();
	while (anchor->urbs.prev != &anchor->urbs) {
		struct urb *urb = container_of(anchor->urbs.prev, struct urb, anchor_list);

		for (int i = 0; i < npending; i++)
			if (pending[i] == urb) {
				give_back(i, -2, 0);
				break;
			}
	}
}

int kusb_submit(struct urb *urb)
{
	kernel_only();
	if (urb->transfer_buffer_length > 32 || npending == 8 || !urb->complete) {
		unanchor(urb);
		return -90;
	}
	urb->status = -115;
	urb->use_count++;
	pending[npending++] = urb;
	return 0;
}

int kusb_control(struct usb_device *dev, u8 request, u16 value, void *data, u16 size)
{
	u8 *to = data;

	kernel_only();
	for (u16 i = 0; i < size; i++)
		to[i] = request + value + i + dev->devnum;
	return size;
}

static void incoming(int i, u32 length, u8 seed)
{
	for (u32 k = 0; k < length; k++)
		pending[i]->transfer_buffer[k] = seed + k;
	give_back(i, 0, length);
}

int later(void)
{
	const struct usb_device_id *id = the_driver->id_table;

	while (id->vendor && id->product != 2)
		id++;
	report(the_driver->probe(&interface, id));
	report(npending * 10 + live);
	incoming(1, 5, 10);
	incoming(0, 12, 50);
	give_back(0, -71, 0);
	for (int i = 0; i < npending; i++)
		if (pending[i]->pipe == 2) {
			long sum = 0;

			for (u32 k = 0; k < pending[i]->transfer_buffer_length; k++)
				sum = sum * 5 + pending[i]->transfer_buffer[k];
			report(sum);
			give_back(i, 0, pending[i]->transfer_buffer_length);
			break;
		}
	for (int i = 0; i < npending; i++)
		report(pending[i]->use_count);
	incoming(2, 3, 200);
	the_driver->disconnect(&interface);
	report(npending * 10 + live);
	return interface.data == NULL;
}
