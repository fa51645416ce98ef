// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct camera {
	struct usb_interface *intf;
	struct urb *urb;
	u8 *buffer;
	unsigned quirks;
	unsigned frames, bytes, sum, bad;
};

static void camera_complete(struct urb *urb)
{
	struct camera *cam = urb->context;

	if (urb->status) {
		report(urb->status);
		return;
	}
	for (int i = 0; i < urb->number_of_packets; i++) {
		struct usb_iso_packet_descriptor *desc = &urb->iso_frame_desc[i];
		u8 *data = (u8 *)urb->transfer_buffer + desc->offset;

		if (desc->status) {
			cam->bad++;
			continue;
		}
		cam->bytes += desc->actual_length;
		for (unsigned j = 0; j < desc->actual_length; j++)
			cam->sum += data[j];
	}
	cam->frames++;
	if (cam->frames < cam->quirks)
		usb_submit_urb(urb, 0);
}

static int camera_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct usb_host_interface *alt = intf->cur_altsetting;
	struct usb_endpoint_descriptor *ep = NULL;
	struct camera *cam;
	u8 version[2] = {0};

	for (int i = 0; i < alt->bNumEndpoints; i++)
		if ((alt->endpoint[i].bmAttributes & 3) == 1 && alt->endpoint[i].bEndpointAddress & 0x80)
			ep = &alt->endpoint[i];
	if (!ep)
		return -19;
	cam = kzalloc(sizeof(*cam), 0);
	cam->intf = intf;
	cam->quirks = id->driver_info;
	cam->urb = usb_alloc_urb(3, 0);
	cam->buffer = kzalloc(3 * ep->wMaxPacketSize, 0);
	if (!cam->urb || !cam->buffer) {
		usb_free_urb(cam->urb);
		kfree(cam->buffer);
		kfree(cam);
		return -12;
	}
	report(usb_control_msg(intf->udev, 0x81, 0x100, version, sizeof(version)));
	report(version[0] << 8 | version[1]);
	cam->urb->dev = intf->udev;
	cam->urb->endpoint = ep->bEndpointAddress;
	cam->urb->transfer_buffer = cam->buffer;
	cam->urb->transfer_buffer_length = 3 * ep->wMaxPacketSize;
	cam->urb->complete = camera_complete;
	cam->urb->context = cam;
	cam->urb->number_of_packets = 3;
	for (int i = 0; i < 3; i++) {
		cam->urb->iso_frame_desc[i].offset = i * ep->wMaxPacketSize;
		cam->urb->iso_frame_desc[i].length = ep->wMaxPacketSize;
	}
	intf->data = cam;
	return usb_submit_urb(cam->urb, 0);
}

static void camera_disconnect(struct usb_interface *intf)
{
	struct camera *cam = intf->data;

	usb_kill_urb(cam->urb);
	report(cam->frames * 100 + cam->bad);
	report(cam->bytes);
	report(cam->sum);
	usb_free_urb(cam->urb);
	intf->data = NULL;
	kfree(cam->buffer);
	kfree(cam);
}

static const struct usb_device_id camera_ids[] = {{0x046d, 0x0825, 1}, {0x1209, 0x0007, 3}, {0, 0, 0}};
static struct usb_driver camera_driver = {"camera", camera_probe, camera_disconnect, camera_ids};

static int camera_init(void)
{
	return usb_register(&camera_driver);
}

module_init(camera_init);
