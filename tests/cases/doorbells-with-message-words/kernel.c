// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct mbox_controller *mbox;
static u32 sum;

static void client_rx(struct mbox_client *c, void *msg)
{
	struct mbox_msg *m = msg;

	sum = sum * 7 + c->tag;
	for (int i = 0; i < 4; i++)
		sum += m->words[i] << i;
	report(m->cmd);
}

static void client_done(struct mbox_client *c, void *msg, int status)
{
	struct mbox_msg *m = msg;

	report(m->cmd * 100 + status + c->tag);
}

static struct mbox_client clients[2] = {{client_rx, client_done, 5}, {client_rx, NULL, 6}};

int mbox_register(struct mbox_controller *m)
{
	kernel_only();
	for (int i = 0; i < m->num_chans; i++)
		m->chans[i].mbox = m;
	mbox = m;
	return 0;
}

void mbox_received(struct mbox_chan *c, void *msg)
{
	kernel_only();
	if (c->cl && c->cl->rx)
		c->cl->rx(c->cl, msg);
}

void mbox_txdone(struct mbox_chan *c, int status)
{
	kernel_only();
	if (c->cl->tx_done && c->active)
		c->cl->tx_done(c->cl, c->active, status);
	c->active = NULL;
}

static void send(int chan, u8 cmd, u32 first)
{
	struct mbox_chan *c = &mbox->chans[chan];
	struct mbox_msg m = {{first, first + 1, first * 2, 3}, cmd};

	c->active = &m;
	report(mbox->ops->send(c, &m));
	if (c->active && mbox->txdone_poll)
		report(mbox->ops->last_tx_done(c));
	c->active = NULL;
}

int later(void)
{
	for (int i = 0; i < 2; i++) {
		mbox->chans[2 * i].cl = &clients[i];
		report(mbox->ops->startup(&mbox->chans[2 * i]));
	}
	send(0, 4, 100);
	send(1, 4, 100);
	send(2, 5, 10);
	send(2, 9, 20);
	send(0, 9, 30);
	report(mbox->ops->startup(&mbox->chans[2]));
	return sum;
}
