// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
#define MMC_DATA_WRITE 1
#define MMC_DATA_READ 2

struct scatterlist {
	u8 *buffer;
	unsigned length;
};

struct mmc_command {
	u32 opcode, arg, resp[4];
	int error;
	struct mmc_data *data;
};

struct mmc_data {
	unsigned blksz, blocks, flags;
	int error;
	unsigned bytes_xfered, sg_len;
	struct scatterlist *sg;
};

struct mmc_request {
	struct mmc_command *cmd;
	struct mmc_data *data;
	struct mmc_command *stop;
	void (*done)(struct mmc_request *mrq);
};

struct mmc_ios {
	unsigned clock;
	u8 bus_width, power_mode;
};

struct mmc_host {
	const struct mmc_host_ops *ops;
	unsigned f_max, caps, max_blk_size;
	struct mmc_ios ios;
	struct mmc_request *ongoing_mrq;
	int requests;
	unsigned long private[];
};

struct mmc_host_ops {
	void (*request)(struct mmc_host *host, struct mmc_request *mrq);
	void (*set_ios)(struct mmc_host *host, struct mmc_ios *ios);
	int (*get_cd)(struct mmc_host *host);
};
struct mmc_host *mmc_alloc_host(int extra);
int mmc_add_host(struct mmc_host *host);
void mmc_request_done(struct mmc_host *host, struct mmc_request *mrq);

static inline void *mmc_priv(struct mmc_host *host)
{
	return host->private;
}
