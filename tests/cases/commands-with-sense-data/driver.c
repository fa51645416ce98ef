// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_lun {
	u32 commands;
	u8 blocks[64];
};

struct x_host {
	struct x_lun *luns[2];
	u32 resets;
	u8 inquiry[20];
};

static void x_sense(struct scsi_cmnd *cmd, u8 key, u8 asc)
{
	cmd->sense[0] = 0x70;
	cmd->sense[2] = key;
	cmd->sense[12] = asc;
	cmd->result = 2;
}

static int x_queue(struct scsi_host *h, struct scsi_cmnd *cmd)
{
	struct x_host *x = (struct x_host *)h->hostdata;
	struct x_lun *l = cmd->device->hostdata;
	u32 at = cmd->cmnd[2] * 8, n = cmd->cmnd[4] * 8, done = 0;

	if (h->busy > 2)
		return 0x1055;
	l->commands++;
	cmd->result = 0;
	switch (cmd->cmnd[0]) {
	case 0x12:
		x->inquiry[1] = cmd->device->lun;
		done = sg_copy_from_buffer(cmd->sgl, cmd->nents, x->inquiry, sizeof(x->inquiry));
		break;
	case 0x28:
	case 0x2a:
		if (at + n > sizeof(l->blocks)) {
			x_sense(cmd, 5, 0x21);
			break;
		}
		if (cmd->cmnd[0] == 0x28)
			done = sg_copy_from_buffer(cmd->sgl, cmd->nents, l->blocks + at, n);
		else
			done = sg_copy_to_buffer(cmd->sgl, cmd->nents, l->blocks + at, n);
		break;
	default:
		x_sense(cmd, 5, 0x20);
	}
	cmd->resid -= done;
	cmd->done(cmd);
	return 0;
}

static int x_alloc(struct scsi_device *d)
{
	struct x_host *x = (struct x_host *)d->host->hostdata;

	if (d->id != 1)
		return -6;
	d->hostdata = x->luns[d->lun] = kzalloc(sizeof(struct x_lun), 0);
	x->luns[d->lun]->blocks[5] = d->lun + 1;
	return 0;
}

static void x_destroy(struct scsi_device *d)
{
	struct x_lun *l = d->hostdata;

	report(l->commands * 1000 + l->blocks[9]);
	kfree(l);
	d->hostdata = NULL;
}

static const struct scsi_template template = {.name = "x-host",
	.queuecommand = x_queue,
	.slave_alloc = x_alloc,
	.slave_destroy = x_destroy,
	.can_queue = 4,
	.this_id = 7};

static int x_init(void)
{
	struct scsi_host *h = scsi_host_alloc(&template, sizeof(struct x_host));
	struct x_host *x = (struct x_host *)h->hostdata;

	memcpy(x->inquiry + 8, "XVENDOR", 7);
	h->max_id = 2;
	h->max_lun = 2;
	report(h->host_no);
	return scsi_add_host(h);
}

module_init(x_init);
