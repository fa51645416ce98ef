// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kscsi_host;
struct kscsi_cmd;

struct ksg {
	void *addr;
	u32 length;
	unsigned last : 1;
};

struct kscsi_dev {
	struct kscsi_host *host;
	u32 id, lun, queue_depth;
	void *hostdata;
	char vendor[8];
	unsigned tagged : 1, removable : 1;
};

struct kscsi_cmd {
	struct kscsi_dev *device;
	u8 cmnd[16], cmd_len;
	int tag, direction, result, retries, allowed;
	u32 underflow, resid;

	struct {
		struct ksg *table;
		u32 nents, length;
	} sdb;

	u8 *sense_buffer;
	void (*done)(struct kscsi_cmd *cmd);
	u32 flags;
	struct kscsi_cmd *next;
};

struct kscsi_template {
	const char *name;
	int (*queuecommand)(struct kscsi_host *h, struct kscsi_cmd *cmd);
	int (*init_cmd_priv)(struct kscsi_host *h, struct kscsi_cmd *cmd);
	int (*exit_cmd_priv)(struct kscsi_host *h, struct kscsi_cmd *cmd);
	int (*slave_alloc)(struct kscsi_dev *d);
	void (*slave_destroy)(struct kscsi_dev *d);
	int (*change_depth)(struct kscsi_dev *d, int depth);
	int (*abort)(struct kscsi_cmd *cmd);
	int (*reset)(struct kscsi_cmd *cmd);
	const char *(*info)(struct kscsi_host *h);
	int can_queue, this_id;
	u16 sg_tablesize;
	u32 cmd_size;
};

struct kscsi_host {
	u32 host_no, max_id, busy;
	u64 max_lun;
	const struct kscsi_template *hostt;
	unsigned blocked : 1, tmf : 1;
	unsigned long hostdata[] __attribute__((aligned(8)));
};

#define DID(host, status) ((host) << 16 | (status))

struct kscsi_host *kscsi_alloc(const struct kscsi_template *t, int privsize);
int kscsi_add(struct kscsi_host *h);
void kscsi_put(struct kscsi_host *h);
void kscsi_done(struct kscsi_cmd *cmd);
void kscsi_irq(int (*handler)(void *data), void (*remove)(struct kscsi_host *h), void *data);
void kbuild_sense(u8 *buf, u8 key, u8 asc);
u32 ksg_copy(struct ksg *sg, u32 nents, void *buf, u32 len, u32 skip, _Bool to_buf);

static inline void *kscsi_priv(struct kscsi_cmd *cmd)
{
	return cmd + 1;
}

static inline void *kshost_priv(struct kscsi_host *h)
{
	return h->hostdata;
}
