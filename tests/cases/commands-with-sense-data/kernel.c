// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct scsi_host *host;
static struct scsi_device devices[3];
static u32 copied;

struct scsi_host *scsi_host_alloc(const struct scsi_template *t, size_t private)
{
	struct scsi_host *h = kzalloc(sizeof(*h) + private, 0);

	kernel_only();
	h->hostt = t;
	h->host_no = t->this_id + t->can_queue * 10;
	return h;
}

static void done(struct scsi_cmnd *cmd)
{
	kernel_only();
	cmd->device->host->busy--;
	report(cmd->result * 1000000 + cmd->sense[2] * 1000 + cmd->sense[12] + cmd->resid);
}

u32 sg_copy_from_buffer(struct sg *sgl, u32 nents, const void *buf, u32 len)
{
	const u8 *b = buf;
	u32 n = 0;

	kernel_only();
	for (u32 i = 0; i < nents; i++)
		for (u32 k = 0; k < sgl[i].length && n < len; k++)
			sgl[i].page[sgl[i].offset + k] = b[n++];
	copied += n;
	return n;
}

u32 sg_copy_to_buffer(struct sg *sgl, u32 nents, void *buf, u32 len)
{
	u8 *b = buf;
	u32 n = 0;

	kernel_only();
	for (u32 i = 0; i < nents; i++)
		for (u32 k = 0; k < sgl[i].length && n < len; k++)
			b[n++] = sgl[i].page[sgl[i].offset + k];
	copied += n;
	return n;
}

static void command(struct scsi_device *d, u8 op, u8 block, u8 blocks, u8 seed)
{
	u8 one[24], two[24], words[6] = {op, 0, block, 0, blocks}, sense[18] = {0};
	struct sg sgl[2] = {{one, 3, 9}, {two, 0, 20}};
	struct scsi_cmnd cmd = {d, words, 6, -1, 29, sense, sgl, 2, done};
	long sum = 0;

	memset(one, seed, sizeof(one));
	memset(two, seed + 1, sizeof(two));
	host->busy++;
	if (host->hostt->queuecommand(host, &cmd)) {
		host->busy--;
		report(-1);
	}
	for (int i = 0; i < 24; i++)
		sum = (sum * 3 + one[i] + two[i] * 7) % 1000003;
	report(sum);
}

int scsi_add_host(struct scsi_host *h)
{
	kernel_only();
	host = h;
	for (int i = 0; i < 3; i++) {
		devices[i].host = h;
		devices[i].id = 1 + i / 2;
		devices[i].lun = i % 2;
		report(h->hostt->slave_alloc(&devices[i]));
	}
	command(&devices[1], 0x12, 0, 0, 1);
	return h->hostt->info ? -1 : 0;
}

int later(void)
{
	command(&devices[0], 0x2a, 1, 2, 40);
	command(&devices[0], 0x28, 0, 3, 50);
	command(&devices[1], 0x28, 0, 3, 50);
	command(&devices[1], 0x28, 7, 3, 50);
	command(&devices[1], 0xff, 0, 0, 60);
	host->busy = 2;
	command(&devices[0], 0x12, 0, 0, 70);
	host->busy = 0;
	command(&devices[0], 0x12, 0, 0, 80);
	for (int i = 0; i < 2; i++)
		host->hostt->slave_destroy(&devices[i]);
	return copied;
}
