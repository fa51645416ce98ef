// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_slot {
	u32 busy, sent;
};

static int x_send(struct kmbox_chan *chan, void *data)
{
	struct x_slot *slot = chan->private;
	struct kmbox_message *m = data;
	if (slot->busy)
		return -16;
	slot->busy = m->command;
	slot->sent = slot->sent * 10 + m->command;
	m->reply = 10 * m->command + slot->sent;
	return 0;
}

static int x_init(void)
{
	struct kmbox_chan *chans = kzalloc(2 * sizeof *chans, 0);
	struct x_slot *slots = kzalloc(2 * sizeof *slots, 0);
	for (int i = 0; i < 2; i++) {
		chans[i].send = x_send;
		chans[i].private = &slots[i];
	}
	kmbox_register(chans);
	report(kmbox_tick(0, 3));
	report(kmbox_tick(1, 4));
	report(kmbox_tick(1, 5));
	report(kmbox_tick(1, 6));
	report(chans[0].count * 100 + chans[1].count * 10 + chans[1].free);
	spin_lock(&chans[1].lock);
	slots[1].busy = 0;
	chans[1].free--;
	chans[1].count--;
	spin_unlock(&chans[1].lock);
	kmbox_tx_done(&chans[1], 5);
	report(slots[1].sent * 100 + chans[1].count * 10 + slots[1].busy);
	return 0;
}

module_init(x_init);
