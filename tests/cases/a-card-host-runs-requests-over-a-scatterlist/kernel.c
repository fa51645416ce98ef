// SPDX-License-Identifier: MIT
#include <linux/api.h>
static u8 pages[2][16];
static int done_calls;

struct mmc_host *mmc_alloc_host(int extra)
{
	kernel_only();
	return kzalloc(sizeof(struct mmc_host) + extra, 0);
}

static void wait_done(struct mmc_request *mrq)
{
	done_calls += mrq->data ? 100 : 1;
}

void mmc_request_done(struct mmc_host *host, struct mmc_request *mrq)
{
	kernel_only();
	host->requests++;
	host->ongoing_mrq = NULL;
	mrq->done(mrq);
}

static void transfer(struct mmc_host *host, u32 start, unsigned flags)
{
	struct scatterlist sg[2] = {{pages[0], 8}, {pages[1], 16}};
	struct mmc_data data = {
		.blksz = host->max_blk_size, .blocks = 3, .flags = flags, .sg_len = 2, .sg = sg};
	struct mmc_command cmd = {.opcode = 18, .arg = start, .data = &data}, stop = {.opcode = 12};
	struct mmc_request mrq = {&cmd, &data, &stop, wait_done};
	host->ongoing_mrq = &mrq;
	host->ops->request(host, &mrq);
	report(data.bytes_xfered * 100 - data.error * 10 - stop.error + stop.resp[0] * 10000);
}

int mmc_add_host(struct mmc_host *host)
{
	struct mmc_command cmd = {.opcode = 2};
	struct mmc_request mrq = {.cmd = &cmd, .done = wait_done};
	kernel_only();
	if (!host->ops->get_cd(host))
		return -123;
	host->ios = (struct mmc_ios){host->f_max / 2, host->caps & 1 ? 2 : 0, 1};
	host->ops->set_ios(host, &host->ios);
	host->ops->request(host, &mrq);
	report(cmd.resp[0] + cmd.resp[3] * 10000l);
	cmd.opcode = 55;
	host->ops->request(host, &mrq);
	transfer(host, 1, MMC_DATA_READ);
	report(pages[0][1] * 1000 + pages[1][15]);
	pages[0][0] = 201;
	pages[1][3] = 202;
	transfer(host, 2, MMC_DATA_WRITE);
	transfer(host, 6, MMC_DATA_READ);
	return cmd.error * 1000 + done_calls;
}
