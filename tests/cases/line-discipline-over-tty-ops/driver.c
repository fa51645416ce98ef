// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_slip {
	u8 frame[16];
	int length, errors, left;
};

static void x_wakeup(struct ktty *tty)
{
	struct x_slip *s = tty->disc_data;
	s->left -= tty->ops->write(tty, s->frame, s->left);
}

static int x_open(struct ktty *tty)
{
	tty->disc_data = kzalloc(sizeof(struct x_slip), 0);
	return tty->receive_room;
}

static int x_receive(struct ktty *tty, const u8 *bytes, const u8 *flags, int count)
{
	struct x_slip *s = tty->disc_data;
	for (int i = 0; i < count; i++) {
		if (flags && flags[i]) {
			s->errors++;
		} else if (bytes[i] != 0xc0) {
			s->frame[s->length++ & 15] = bytes[i];
		} else {
			s->left = knet_receive(s->frame, s->length) & 7;
			s->length = 0;
			x_wakeup(tty);
		}
	}
	tty->receive_room = 16 - s->length + s->errors * 100;
	return s->left;
}
static const struct kldisc x_ldisc = {x_open, x_receive, x_wakeup};

static int x_init(void)
{
	report(kldisc_register(&x_ldisc));
	return 0;
}

module_init(x_init);
