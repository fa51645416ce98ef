// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct rproc;

struct firmware {
	size_t size;
	const u8 *data;
};

struct resource_table {
	u32 ver;
	u32 num;
	u32 offset[];
};

struct fw_rsc_hdr {
	u32 type;
	u8 data[];
};

struct fw_rsc_carveout {
	u32 da;
	u32 len;
	u32 flags;
	char name[12];
};

struct rproc_mem_entry {
	void *va;
	u32 da;
	size_t len;
	void *priv;
	char name[12];
	struct list_head node;
	int (*alloc)(struct rproc *rproc, struct rproc_mem_entry *mem);
	int (*release)(struct rproc *rproc, struct rproc_mem_entry *mem);
};

struct rproc_ops {
	int (*prepare)(struct rproc *rproc);
	int (*start)(struct rproc *rproc);
	int (*stop)(struct rproc *rproc);
	void *(*da_to_va)(struct rproc *rproc, u64 da, size_t len, _Bool *is_iomem);
	int (*parse_fw)(struct rproc *rproc, const struct firmware *fw);
};

struct rproc {
	const char *name;
	void *priv;
	const struct rproc_ops *ops;
	u64 bootaddr;
	struct list_head carveouts;
	struct resource_table *table_ptr;
	size_t table_sz;
};

struct rproc *rproc_alloc(const char *name, const struct rproc_ops *ops, int len);
int rproc_add(struct rproc *rproc);
int rproc_load_rsc_table(struct rproc *rproc, const struct firmware *fw);
void rproc_add_carveout(struct rproc *rproc, struct rproc_mem_entry *mem);
int strcmp(const char *a, const char *b);
long strscpy(char *to, const char *from, size_t size);
