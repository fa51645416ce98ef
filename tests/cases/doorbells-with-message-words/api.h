// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct mbox_client {
	void (*rx)(struct mbox_client *c, void *msg);
	void (*tx_done)(struct mbox_client *c, void *msg, int status);
	u32 tag;
};

struct mbox_chan {
	struct mbox_controller *mbox;
	struct mbox_client *cl;
	void *active;
	void *con_priv;
};

struct mbox_ops {
	int (*send)(struct mbox_chan *c, void *msg);
	int (*startup)(struct mbox_chan *c);
	_Bool (*last_tx_done)(struct mbox_chan *c);
};

struct mbox_controller {
	const struct mbox_ops *ops;
	struct mbox_chan *chans;
	int num_chans;
	_Bool txdone_poll;
	void *drvdata;
};

struct mbox_msg {
	u32 words[4];
	u8 cmd;
};

int mbox_register(struct mbox_controller *m);
void mbox_received(struct mbox_chan *c, void *msg);
void mbox_txdone(struct mbox_chan *c, int status);
