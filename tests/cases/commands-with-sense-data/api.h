// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct scsi_host;
struct scsi_cmnd;

struct sg {
	u8 *page;
	u32 offset, length;
};

struct scsi_device {
	struct scsi_host *host;
	u32 id, lun;
	void *hostdata;
};

struct scsi_cmnd {
	struct scsi_device *device;
	u8 *cmnd;
	u8 cmd_len;
	int result, resid;
	u8 *sense;
	struct sg *sgl;
	u32 nents;
	void (*done)(struct scsi_cmnd *cmd);
};

struct scsi_template {
	const char *name;
	const char *(*info)(struct scsi_host *h);
	int (*queuecommand)(struct scsi_host *h, struct scsi_cmnd *cmd);
	int (*slave_alloc)(struct scsi_device *d);
	void (*slave_destroy)(struct scsi_device *d);
	int can_queue, this_id;
};

struct scsi_host {
	const struct scsi_template *hostt;
	u32 max_id, max_lun, host_no;
	int busy;
	unsigned long hostdata[];
};

struct scsi_host *scsi_host_alloc(const struct scsi_template *t, size_t private);
int scsi_add_host(struct scsi_host *h);
u32 sg_copy_from_buffer(struct sg *sgl, u32 nents, const void *buf, u32 len);
u32 sg_copy_to_buffer(struct sg *sgl, u32 nents, void *buf, u32 len);
