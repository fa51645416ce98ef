// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define READS 2

struct x_quirk {
	u32 read_size;
	const char *label;
};

struct x_dev;

struct x_read {
	struct x_dev *x;
	u8 *buffer;
	u32 index, seen;
};

struct x_dev {
	struct kusb_intf *intf;
	struct kanchor reads_anchor, writes_anchor;
	struct kurb *reads[READS];
	struct x_read contexts[READS];
	const struct x_quirk *quirk;
	u32 in_pipe, out_pipe, iso_pipe, written, errors, caps;
	u8 *line;
};

static const struct x_quirk quirks[] = {{8, "plain"}, {12, "wide"}};
static const struct kusb_id ids[] = {{0x1d6b, 1, (unsigned long)&quirks[0]},
	{0x1d6b, 2, (unsigned long)&quirks[1]}, {}};

static void read_done(struct kurb *urb)
{
	struct x_read *r = urb->context;
	struct x_dev *x = r->x;

	switch (urb->status) {
	case 0:
		break;
	case -32:
		x->errors++;
		break;
	default:
		report(urb->status * 10 - (int)r->index);
		return;
	}
	r->seen += urb->actual_length;
	if (!urb->number_of_packets)
		report(kinput_chars(x->intf, urb->buffer, urb->actual_length));
	for (int i = 0; i < urb->number_of_packets; i++) {
		if (urb->iso[i].status)
			x->errors += 100;
		else
			report(kinput_chars(x->intf, (u8 *)urb->buffer + urb->iso[i].offset,
				urb->iso[i].actual));
	}
	kurb_anchor(urb, &x->reads_anchor);
	if (kurb_submit(urb))
		report(-r->index - 1000);
}

static void write_done(struct kurb *urb)
{
	struct x_dev *x = urb->context;

	x->written += urb->actual_length;
	report(x->written);
	kfree(urb->buffer);
}

static int x_write(struct x_dev *x, const char *from, u32 n)
{
	struct kurb *urb = kurb_alloc(0, 0);
	u8 *buffer = kmalloc(n, 0);
	int err;

	for (u32 i = 0; i < n; i++)
		buffer[i] = from[i % 5];
	urb->dev = x->intf->udev;
	urb->pipe = x->out_pipe;
	urb->buffer = buffer;
	urb->length = n;
	urb->context = x;
	urb->complete = write_done;
	kurb_anchor(urb, &x->writes_anchor);
	err = kurb_submit(urb);
	if (err)
		kfree(buffer);
	kurb_free(urb);
	return err;
}

static void parse_extra(struct x_dev *x, const u8 *at, int left)
{
	while (left > 2) {
		const struct kdesc_header *h = (const struct kdesc_header *)at;

		if (h->length < 2 || h->length > left)
			return;
		if (h->type == 0x24)
			x->caps = x->caps << 8 | at[2];
		at += h->length;
		left -= h->length;
	}
}

static int start_reads(struct x_dev *x)
{
	int err = 0;

	for (int i = 0; i < READS && !err; i++) {
		kurb_anchor(x->reads[i], &x->reads_anchor);
		err = kurb_submit(x->reads[i]);
	}
	return err;
}

static int x_probe(struct kusb_intf *intf, const struct kusb_id *id)
{
	struct x_dev *x = kzalloc(sizeof(*x), 0);
	struct kctrl_setup setup = {0x21, 0x20, 0, intf->cur->number, 4};

	x->intf = intf;
	x->quirk = (const struct x_quirk *)id->info;
	kanchor_init(&x->reads_anchor);
	kanchor_init(&x->writes_anchor);
	for (int i = 0; i < intf->cur->num_endpoints; i++) {
		const struct khost_ep *ep = &intf->cur->endpoint[i];

		parse_extra(x, ep->extra, ep->extralen);
		if ((ep->desc.attributes & 3) == 1)
			x->iso_pipe = kpipe(&ep->desc);
		else if (ep->desc.address & 0x80)
			x->in_pipe = kpipe(&ep->desc);
		else
			x->out_pipe = kpipe(&ep->desc);
	}
	report(x->caps);
	if (!x->in_pipe || !x->out_pipe) {
		kfree(x);
		return -6;
	}
	for (int i = 0; i < READS; i++) {
		int packets = i && x->iso_pipe ? 2 : 0;
		struct kurb *urb = kurb_alloc(packets, 0);

		x->contexts[i] = (struct x_read){x, kzalloc(x->quirk->read_size, 0), i};
		urb->dev = intf->udev;
		urb->pipe = packets ? x->iso_pipe : x->in_pipe;
		urb->buffer = x->contexts[i].buffer;
		urb->length = x->quirk->read_size;
		urb->context = &x->contexts[i];
		urb->complete = read_done;
		for (int p = 0; p < packets; p++) {
			urb->iso[p].offset = p * urb->length / 2;
			urb->iso[p].length = urb->length / 2;
		}
		x->reads[i] = urb;
	}
	x->line = kzalloc(4, 0);
	x->line[0] = 0x96;
	x->line[2] = x->quirk->label[0];
	kusb_set_data(intf, x);
	report(kusb_control(intf->udev, &setup, x->line));
	report(x->line[3]);
	return start_reads(x);
}

static void x_disconnect(struct kusb_intf *intf)
{
	struct x_dev *x = intf->data;

	kanchor_kill(&x->reads_anchor);
	kanchor_kill(&x->writes_anchor);
	for (int i = 0; i < READS; i++) {
		report(x->contexts[i].seen);
		kurb_free(x->reads[i]);
		kfree(x->contexts[i].buffer);
	}
	kusb_set_data(intf, NULL);
	report(x->errors);
	kfree(x->line);
	kfree(x);
}

static int x_suspend(struct kusb_intf *intf, u32 message)
{
	struct x_dev *x = intf->data;

	if (message & 1 && x->writes_anchor.urbs.next != &x->writes_anchor.urbs)
		return -16;
	kanchor_kill(&x->reads_anchor);
	return intf->pm_count++;
}

static int x_resume(struct kusb_intf *intf)
{
	struct x_dev *x = intf->data;

	report(x_write(x, "hello", 7));
	report(x_write(x, "world", 40));
	return start_reads(x);
}

static struct kusb_driver driver = {"x-serial", ids, x_probe, x_disconnect, x_suspend, x_resume};

static int x_init(void)
{
	return kusb_register(&driver);
}

module_init(x_init);
