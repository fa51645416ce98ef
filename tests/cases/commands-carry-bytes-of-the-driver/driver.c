// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define SLOTS 3

struct x_cmd {
	struct kscsi_cmd *scmd;
	int slot;
	u32 lba, blocks;
	u8 *bounce;
	_Bool write;
};

struct x_lun {
	u32 capacity, opened;
	u8 blocks[10][4];
};

struct x_host {
	struct kscsi_host *host;
	spinlock_t lock;
	struct kscsi_cmd *slots[SLOTS];
	u32 next, done, aborted;
	char info[24];
	struct x_lun *luns[2];
};

static int init_cmd(struct kscsi_host *h, struct kscsi_cmd *cmd)
{
	struct x_cmd *x = kscsi_priv(cmd);

	x->bounce = kzalloc(16, 0);
	x->slot = -1;
	return 0;
}

static int exit_cmd(struct kscsi_host *h, struct kscsi_cmd *cmd)
{
	struct x_cmd *x = kscsi_priv(cmd);

	kfree(x->bounce);
	x->bounce = NULL;
	return x->slot;
}

static int slave_alloc(struct kscsi_dev *d)
{
	struct x_host *x = kshost_priv(d->host);
	struct x_lun *l;

	if (d->lun > 1)
		return -6;
	l = kzalloc(sizeof(*l), 0);
	l->capacity = 10 - d->lun;
	d->hostdata = l;
	d->removable = d->lun;
	x->luns[d->lun] = l;
	memcpy(d->vendor, "X-DISK", 7);
	return 0;
}

static void slave_destroy(struct kscsi_dev *d)
{
	struct x_lun *l = d->hostdata;

	report(l->opened * 10 + d->lun);
	kfree(l);
	d->hostdata = NULL;
}

static int change_depth(struct kscsi_dev *d, int depth)
{
	d->queue_depth = depth > SLOTS ? SLOTS : depth;
	d->tagged = depth > 1;
	return d->queue_depth;
}

static void reply(struct kscsi_cmd *cmd, const u8 *data, u32 len)
{
	u32 n = ksg_copy(cmd->sdb.table, cmd->sdb.nents, (void *)data, len, 0, 0);

	cmd->resid = cmd->sdb.length - n;
	cmd->result = DID(0, 0);
}

static int queue(struct kscsi_host *h, struct kscsi_cmd *cmd)
{
	struct x_host *x = kshost_priv(h);
	struct x_cmd *c = kscsi_priv(cmd);
	struct x_lun *l = cmd->device->hostdata;
	u8 caps[8] = {}, inquiry[12] = {};

	c->scmd = cmd;
	l->opened++;
	switch (cmd->cmnd[0]) {
	case 0x12:
		inquiry[1] = cmd->device->removable << 7;
		memcpy(inquiry + 4, cmd->device->vendor, 8);
		reply(cmd, inquiry, 12);
		kscsi_done(cmd);
		return 0;
	case 0x25:
		caps[3] = l->capacity - 1;
		caps[7] = 4;
		reply(cmd, caps, 8);
		kscsi_done(cmd);
		return 0;
	case 0x28:
	case 0x2a:
		c->lba = cmd->cmnd[4] << 8 | cmd->cmnd[5];
		c->blocks = cmd->cmnd[8];
		c->write = cmd->cmnd[0] == 0x2a;
		if (c->lba + c->blocks > l->capacity || c->blocks > 4) {
			kbuild_sense(cmd->sense_buffer, 5, 0x21);
			cmd->result = DID(0, 2);
			kscsi_done(cmd);
			return 0;
		}
		break;
	default:
		cmd->result = DID(4, 0);
		kscsi_done(cmd);
		return 0;
	}
	for (int i = 0; i < SLOTS; i++) {
		int slot = (x->next + i) % SLOTS;

		if (x->slots[slot])
			continue;
		spin_lock(&x->lock);
		x->slots[slot] = cmd;
		c->slot = slot;
		x->next = slot + 1;
		spin_unlock(&x->lock);
		return 0;
	}
	return 0x1055;
}

static int irq(void *data)
{
	struct x_host *x = data;
	int n = 0;

	for (int i = 0; i < SLOTS; i++) {
		struct kscsi_cmd *cmd = x->slots[i];
		struct x_cmd *c;
		u8 *at;

		if (!cmd || cmd->flags & 0x80)
			continue;
		c = kscsi_priv(cmd);
		at = x->luns[cmd->device->lun]->blocks[c->lba];
		if (c->write) {
			ksg_copy(cmd->sdb.table, cmd->sdb.nents, c->bounce, c->blocks * 4, 0, 1);
			memcpy(at, c->bounce, c->blocks * 4);
			cmd->resid = cmd->sdb.length - c->blocks * 4;
			cmd->result = 0;
		} else {
			memcpy(c->bounce, at, c->blocks * 4);
			reply(cmd, c->bounce, c->blocks * 4);
		}
		x->slots[i] = NULL;
		c->slot = -1;
		x->done++;
		n++;
		kscsi_done(cmd);
	}
	return n;
}

static int x_abort(struct kscsi_cmd *cmd)
{
	struct x_host *x = kshost_priv(cmd->device->host);
	struct x_cmd *c = kscsi_priv(cmd);

	if (c->slot < 0 || x->slots[c->slot] != cmd)
		return 0x2003;
	x->slots[c->slot] = NULL;
	c->slot = -1;
	x->aborted++;
	cmd->result = DID(5, 0);
	return 0x2002;
}

static int reset(struct kscsi_cmd *cmd)
{
	struct kscsi_host *h = cmd->device->host;
	struct x_host *x = kshost_priv(h);

	h->tmf = 1;
	for (int i = 0; i < SLOTS; i++)
		if (x->slots[i]) {
			struct kscsi_cmd *victim = x->slots[i];

			x->slots[i] = NULL;
			((struct x_cmd *)kscsi_priv(victim))->slot = -1;
			victim->result = DID(8, 0);
			kscsi_done(victim);
		}
	h->tmf = 0;
	return 0x2002;
}

static const char *info(struct kscsi_host *h)
{
	struct x_host *x = kshost_priv(h);

	x->info[0] = 'X';
	x->info[1] = '0' + h->host_no;
	x->info[2] = '0' + x->aborted;
	return x->info;
}

static const struct kscsi_template template = {"x-scsi", queue, init_cmd, exit_cmd, slave_alloc,
	slave_destroy, change_depth, x_abort, reset, info, 6, 7, 4, sizeof(struct x_cmd)};

static void remove(struct kscsi_host *h)
{
	struct x_host *x = kshost_priv(h);

	report(x->done * 100 + x->aborted);
	kscsi_put(h);
}

static int x_init(void)
{
	struct kscsi_host *h = kscsi_alloc(&template, sizeof(struct x_host));
	struct x_host *x;

	if (!h)
		return -12;
	x = kshost_priv(h);
	x->host = h;
	h->max_id = 1;
	h->max_lun = 3;
	kscsi_irq(irq, remove, x);
	return kscsi_add(h);
}

module_init(x_init);
