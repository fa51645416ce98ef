// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kmmc_request;
struct kmmc_data;
struct kmmc_host;

struct kmmc_command {
	u32 opcode, arg, resp[4], flags;
	u32 retries;
	int error;
	struct kmmc_data *data;
	struct kmmc_request *mrq;
};

struct ksg {
	u8 *virt;
	u32 length;
};

struct kmmc_data {
	u32 timeout_ns, blksz, blocks;
	int error;
	u32 flags, bytes_xfered;
	struct kmmc_command *stop;
	struct kmmc_request *mrq;
	u32 sg_len;
	struct ksg *sg;
	int host_cookie;
};

struct kmmc_request {
	struct kmmc_command *sbc, *cmd;
	struct kmmc_data *data;
	struct kmmc_command *stop;
	void (*done)(struct kmmc_request *mrq);
	struct kmmc_host *host;
	unsigned cap_cmd : 1, finished : 1;
	int tag;
};

struct kmmc_ios {
	u32 clock;
	u16 vdd;
	u8 power_mode, bus_width, timing : 4, signal : 2;
};

struct kmmc_host_ops {
	void (*pre_req)(struct kmmc_host *h, struct kmmc_request *mrq);
	void (*post_req)(struct kmmc_host *h, struct kmmc_request *mrq, int err);
	void (*request)(struct kmmc_host *h, struct kmmc_request *mrq);
	void (*set_ios)(struct kmmc_host *h, struct kmmc_ios *ios);
	int (*get_ro)(struct kmmc_host *h);
	int (*switch_voltage)(struct kmmc_host *h, struct kmmc_ios *ios);
	void (*enable_irq)(struct kmmc_host *h, int enable);
};

struct kmmc_host {
	int index;
	const struct kmmc_host_ops *ops;
	u32 f_min, f_max, actual_clock, caps, max_segs, max_blk_size;
	struct kmmc_ios ios;
	u32 sdio_irqs;
	unsigned long private[] __attribute__((aligned(8)));
};

enum { DATA_READ = 1, DATA_WRITE = 2, RSP_PRESENT = 4, RSP_136 = 8, RSP_CRC = 16 };

struct kmmc_host *kmmc_alloc(int extra);
int kmmc_add(struct kmmc_host *h);
void kmmc_remove(struct kmmc_host *h);
void kmmc_free(struct kmmc_host *h);
void kmmc_done(struct kmmc_host *h, struct kmmc_request *mrq);
void kmmc_signal_irq(struct kmmc_host *h);
int kmmc_irq(u32 (*handler)(int irq, void *data), void (*thread)(void *data), void *data);
void kmmc_unbind(void (*unbind)(struct kmmc_host *h));

static inline void *kmmc_priv(struct kmmc_host *h)
{
	return h->private;
}
