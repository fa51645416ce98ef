// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kscsi_host *host;
static struct kscsi_dev devices[3];
static struct kscsi_cmd *cmds[6];
static int (*handler)(void *data);
static void (*remove_host)(struct kscsi_host *h);
static void *cookie;
static u8 senses[6][8];

struct kscsi_host *kscsi_alloc(const struct kscsi_template *t, int privsize)
{
	struct kscsi_host *h = kzalloc(sizeof(*h) + privsize, 0);

	kernel_only();
	h->hostt = t;
	h->host_no = 4;
	return h;
}

int kscsi_add(struct kscsi_host *h)
{
	kernel_only();
	host = h;
	for (u32 i = 0; i < h->max_lun; i++) {
		devices[i].host = h;
		devices[i].lun = i;
		devices[i].id = h->hostt->this_id;
		report(h->hostt->slave_alloc(&devices[i]));
	}
	for (int i = 0; i < h->hostt->can_queue; i++) {
		cmds[i] = kzalloc(sizeof(*cmds[i]) + h->hostt->cmd_size, 0);
		cmds[i]->tag = i;
		cmds[i]->sense_buffer = senses[i];
		report(h->hostt->init_cmd_priv(h, cmds[i]));
	}
	return 0;
}

void kscsi_put(struct kscsi_host *h)
{
	kernel_only();
	for (int i = 0; i < h->hostt->can_queue; i++) {
		report(h->hostt->exit_cmd_priv(h, cmds[i]));
		kfree(cmds[i]);
	}
	for (int i = 0; i < 2; i++)
		h->hostt->slave_destroy(&devices[i]);
	kfree(h);
	host = NULL;
}

void kscsi_irq(int (*h)(void *data), void (*remove)(struct kscsi_host *h), void *data)
{
	kernel_only();
	handler = h;
	remove_host = remove;
	cookie = data;
}

void kbuild_sense(u8 *buf, u8 key, u8 asc)
{
	kernel_only();
	buf[0] = 0x70;
	buf[2] = key;
	buf[6] = asc;
}

u32 ksg_copy(struct ksg *sg, u32 nents, void *buf, u32 len, u32 skip, _Bool to_buf)
{
	u8 *b = buf;
	u32 done = 0;

	kernel_only();
	for (; nents-- && done < len; sg++)
		for (u32 i = 0; i < sg->length && done < len; i++) {
			u8 *at = (u8 *)sg->addr + i;

			if (skip && skip--)
				continue;
			if (to_buf)
				b[done++] = *at;
			else
				*at = b[done++];
		}
	return done;
}

void kscsi_done(struct kscsi_cmd *cmd)
{
	kernel_only();
	host->busy--;
	cmd->done(cmd);
}

static void done(struct kscsi_cmd *cmd)
{
	long sum = 0;

	report(cmd->tag * 100000000l + cmd->result);
	report(cmd->resid * 10 + host->tmf);
	if (cmd->result == DID(0, 2)) {
		report(cmd->sense_buffer[2] * 100 + cmd->sense_buffer[6]);
		return;
	}
	for (u32 i = 0; i < cmd->sdb.nents; i++)
		for (u32 k = 0; k < cmd->sdb.table[i].length; k++)
			sum = (sum * 31 + ((u8 *)cmd->sdb.table[i].addr)[k]) % 1000003;
	report(sum);
}

static void send(int tag, int lun, u8 op, u8 lba, u8 blocks, struct ksg *sg, u32 nents)
{
	struct kscsi_cmd *cmd = cmds[tag];
	int err;

	cmd->device = &devices[lun];
	memset(cmd->cmnd, 0, 16);
	cmd->cmnd[0] = op;
	cmd->cmnd[5] = lba;
	cmd->cmnd[8] = blocks;
	cmd->cmd_len = 10;
	cmd->result = -1;
	cmd->done = done;
	cmd->sdb.table = sg;
	cmd->sdb.nents = nents;
	cmd->sdb.length = 0;
	for (u32 i = 0; i < nents; i++)
		cmd->sdb.length += sg[i].length;
	host->busy++;
	err = host->hostt->queuecommand(host, cmd);
	if (!err)
		return;
	host->busy--;
	report(err);
}

int later(void)
{
	u8 in[24] = {}, out[20], small[6] = {};
	struct ksg a[2] = {{out, 5, 0}, {out + 8, 8, 1}}, b[3] = {{in, 3}, {in + 6, 1}, {in + 10, 14, 1}};
	struct ksg c[1] = {{small, 6, 1}};
	u8 allowed;

	for (int i = 0; i < 20; i++)
		out[i] = i * 12 + 5;
	for (int i = 0; i < 2; i++)
		report(host->hostt->change_depth(&devices[i], 1 + 4 * i) + devices[i].tagged * 10);
	send(0, 0, 0x12, 0, 0, b, 3);
	send(1, 1, 0x12, 0, 0, c, 1);
	send(0, 1, 0x25, 0, 0, b, 3);
	send(1, 1, 0x28, 8, 2, b, 3);
	send(1, 0, 0x33, 0, 0, NULL, 0);
	send(0, 0, 0x2a, 6, 3, a, 2);
	send(1, 1, 0x2a, 1, 1, c, 1);
	report(handler(cookie));
	send(2, 0, 0x28, 5, 4, b, 3);
	send(3, 1, 0x28, 1, 1, c, 1);
	send(4, 0, 0x28, 7, 1, c, 1);
	send(5, 0, 0x28, 0, 1, c, 1);
	cmds[2]->flags = 0x80;
	report(handler(cookie));
	report(host->hostt->abort(cmds[2]));
	report(host->hostt->abort(cmds[2]));
	cmds[2]->done(cmds[2]);
	host->busy--;
	cmds[2]->flags = 0;
	send(2, 0, 0x28, 6, 3, b, 3);
	report(handler(cookie));
	send(3, 1, 0x28, 0, 1, b, 3);
	send(4, 1, 0x2a, 0, 1, c, 1);
	report(host->hostt->reset(cmds[3]));
	report(host->hostt->info(host)[2] * 100 + host->hostt->info(host)[1]);
	report(host->busy);
	allowed = devices[1].removable * 2 + devices[0].removable;
	remove_host(host);
	return allowed;
}
