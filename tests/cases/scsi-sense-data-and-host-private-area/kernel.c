// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kscsi_host *last;

struct kscsi_host *kscsi_alloc(const struct kscsi_template *t, size_t private)
{
	struct kscsi_host *host = kzalloc(sizeof *host + private, 0);
	kernel_only();
	host->template = t;
	return last = host;
}

static void finished(struct kscsi_cmd *cmd)
{
	kernel_only();
	cmd->host->done++;
	cmd->result |= 0x100;
}

int kscsi_execute(struct kscsi_host *host, u8 opcode, u8 block)
{
	u8 sense[8] = {0}, buffer[16] = {block * 20};
	struct kscsi_cmd cmd = {host, {opcode, 0, 0, block}, sense, buffer, 16};
	kernel_only();
	cmd.done = finished;
	if (host->template->queue(host, &cmd))
		return -16 - buffer[0];
	if (!cmd.result && host->template->abort(&cmd))
		return sense[2] * 1000;
	return (sense[2] * 1000 + buffer[0]) * 1000 + cmd.result + cmd.residue;
}

int later(void)
{
	struct kscsi_cmd stuck = {last, {4}};
	int busy;
	kernel_only();
	last->template->queue(last, &stuck);
	busy = kscsi_execute(last, 8, 1);
	stuck.sense = stuck.cdb;
	last->template->abort(&stuck);
	return stuck.cdb[2] * 1000 - busy;
}
