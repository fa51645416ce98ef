// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct firmware {
	size_t size;
	const u8 *data;
};

struct rproc;

struct rproc_subdev {
	struct list_head node;
	int (*prepare)(struct rproc_subdev *subdev);
	int (*start)(struct rproc_subdev *subdev);
	void (*stop)(struct rproc_subdev *subdev, _Bool crashed);
};

struct rproc_mem {
	struct list_head node;
	void *va;
	u64 da;
	size_t len;
	char name[8];
	int (*alloc)(struct rproc *rproc, struct rproc_mem *mem);
	int (*release)(struct rproc *rproc, struct rproc_mem *mem);
	void *priv;
};

struct rproc_ops {
	int (*parse_fw)(struct rproc *rproc, const struct firmware *fw);
	int (*start)(struct rproc *rproc);
	int (*stop)(struct rproc *rproc);
	void (*kick)(struct rproc *rproc, int vqid);
	void *(*da_to_va)(struct rproc *rproc, u64 da, size_t len);
};

struct rproc {
	const char *name;
	void *priv;
	const struct rproc_ops *ops;
	struct list_head subdevs, carveouts;
	int state, crash_cnt;
	u64 bootaddr;
};

struct rproc *krproc_alloc(const char *name, const struct rproc_ops *ops, int len);
int krproc_add(struct rproc *rproc);
void krproc_add_subdev(struct rproc *rproc, struct rproc_subdev *subdev);
void krproc_add_carveout(struct rproc *rproc, struct rproc_mem *mem);
void krproc_report_crash(struct rproc *rproc, int type);
