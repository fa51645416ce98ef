// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_host {
	u8 disk[32];
	struct kscsi_cmd *slow;
};

static int x_queue(struct kscsi_host *host, struct kscsi_cmd *cmd)
{
	struct x_host *x = (struct x_host *)host->hostdata;
	if (cmd->cdb[0] == 4) {
		x->slow = cmd;
		return 0;
	}
	if (cmd->cdb[0] == 8) {
		memcpy(cmd->buffer, x->disk + cmd->cdb[3] * 4, 4);
		cmd->residue = cmd->length - 4;
	} else {
		cmd->sense[2] = 5;
		cmd->result = 2;
	}
	cmd->done(cmd);
	return x->slow != NULL;
}

static int x_abort(struct kscsi_cmd *cmd)
{
	struct x_host *x = (struct x_host *)cmd->host->hostdata;
	cmd->sense[2] = x->disk[0] + (x->slow == cmd);
	x->slow = NULL;
	return 1;
}
static const struct kscsi_template x_template = {x_queue, x_abort};

static int x_init(void)
{
	struct kscsi_host *host = kscsi_alloc(&x_template, sizeof(struct x_host));
	struct x_host *x = (struct x_host *)host->hostdata;
	for (int i = 0; i < 32; i++)
		x->disk[i] = i + 3;
	report(kscsi_execute(host, 8, 2));
	report(kscsi_execute(host, 7, 0));
	report(kscsi_execute(host, 4, 0));
	report(host->done * 1000 + x->disk[8] * 10 + (x->slow == NULL));
	return 0;
}

module_init(x_init);
