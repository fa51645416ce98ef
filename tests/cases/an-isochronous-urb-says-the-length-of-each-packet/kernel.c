// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct usb_endpoint_descriptor endpoints[] = {{0x02, 2, 64}, {0x81, 1, 12}};
static struct usb_host_interface setting = {2, endpoints};
static struct usb_device device = {.devnum = 4};
static struct usb_interface interface = {.cur_altsetting = &setting, .udev = &device};
static struct usb_driver *bound;
static struct urb *pending;

struct urb *usb_alloc_urb(int iso_packets, u32 mem_flags)
{
	struct urb *urb;

	kernel_only();
	urb = kzalloc(sizeof(*urb) + iso_packets * sizeof(urb->iso_frame_desc[0]), mem_flags);
	return urb;
}

void usb_free_urb(struct urb *urb)
{
	kernel_only();
	kfree(urb);
}

int usb_submit_urb(struct urb *urb, u32 mem_flags)
{
	kernel_only();
	if (pending || !urb->complete)
		return -16;
	urb->status = -115;
	urb->actual_length = 0;
	pending = urb;
	return 0;
}

static void giveback(int status)
{
	struct urb *urb = pending;

	pending = NULL;
	urb->status = status;
	urb->complete(urb);
}

void usb_kill_urb(struct urb *urb)
{
	kernel_only();
	if (pending == urb)
		giveback(-2);
}

int usb_control_msg(struct usb_device *dev, u8 request, u16 value, void *data, u16 size)
{
	kernel_only();
	for (int i = 0; i < size; i++)
		((u8 *)data)[i] = request + dev->devnum + (value >> 8) + i;
	return size;
}

int usb_register(struct usb_driver *driver)
{
	kernel_only();
	for (const struct usb_device_id *id = driver->id_table; id->idVendor; id++)
		if (id->idVendor == 0x1209) {
			bound = driver;
			return driver->probe(&interface, id);
		}
	return 0;
}

int later(void)
{
	for (int round = 0; round < 2 && pending; round++) {
		struct urb *urb = pending;

		for (int i = 0; i < urb->number_of_packets; i++) {
			struct usb_iso_packet_descriptor *desc = &urb->iso_frame_desc[i];

			desc->status = round && i == 1 ? -71 : 0;
			desc->actual_length = desc->length - i - round;
			memset((u8 *)urb->transfer_buffer + desc->offset, i + 1, desc->actual_length);
			urb->actual_length += desc->actual_length;
		}
		report(urb->actual_length);
		giveback(0);
	}
	bound->disconnect(&interface);
	return interface.data == NULL && !pending;
}
