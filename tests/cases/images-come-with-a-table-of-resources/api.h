// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct krproc;
struct ksubdev;

struct kfirmware {
	size_t size;
	const u8 *data;
};

struct kfw_head {
	u8 magic[4];
	u32 entry, nsegs, table_off, table_size;
};

struct kfw_seg {
	u32 offset, da, filesz, memsz;
};

struct kres_table {
	u32 ver, num, reserved[2];
	u32 offset[];
};

struct kres_hdr {
	u32 type;
	u8 data[];
};

enum { RES_CARVEOUT, RES_TRACE, RES_VDEV, RES_VENDOR = 128 };

struct kres_carveout {
	u32 da, pa, len, flags;
	char name[8];
};

struct kres_trace {
	u32 da, len;
	char name[8];
};

struct kres_vring {
	u32 da, align, num;
};

struct kres_vdev {
	u32 id, dfeatures, gfeatures;
	u8 status, num_vrings, reserved[2];
	struct kres_vring vring[];
};

struct kcarveout {
	struct kcarveout *next;
	void *va;
	u32 da, len, flags;
	char name[8];
	void *priv;
	int (*alloc)(struct krproc *r, struct kcarveout *m);
	int (*release)(struct krproc *r, struct kcarveout *m);
};

struct krproc_ops {
	int (*prepare)(struct krproc *r);
	int (*start)(struct krproc *r);
	int (*stop)(struct krproc *r);
	void (*kick)(struct krproc *r, int vqid);
	void *(*da_to_va)(struct krproc *r, u64 da, size_t len, _Bool *is_iomem);
	int (*sanity_check)(struct krproc *r, const struct kfirmware *fw);
	int (*load)(struct krproc *r, const struct kfirmware *fw);
	int (*parse_fw)(struct krproc *r, const struct kfirmware *fw);
	int (*handle_rsc)(struct krproc *r, u32 type, void *rsc, int offset, int avail);
	u64 (*boot_addr)(struct krproc *r, const struct kfirmware *fw);
};

struct krproc {
	const char *name, *firmware;
	const struct krproc_ops *ops;
	void *priv;
	struct kcarveout *carveouts;
	struct kres_table *table, *cached_table;
	u32 table_sz, state, crash_cnt;
	u64 bootaddr;
	int ntraces;
	struct ksubdev *subdevs;
};

struct ksubdev {
	struct ksubdev *next;
	int (*start)(struct ksubdev *s);
	void (*stop)(struct ksubdev *s, _Bool crashed);
};

struct krproc *krproc_alloc(const char *name, const struct krproc_ops *ops, const char *fw,
	int len);
int krproc_add(struct krproc *r, void (*remove)(struct krproc *r));
void krproc_free(struct krproc *r);
void krproc_add_subdev(struct krproc *r, struct ksubdev *s);
struct kcarveout *kcarveout_init(void *va, u32 len, u32 da,
	int (*alloc)(struct krproc *, struct kcarveout *),
	int (*release)(struct krproc *, struct kcarveout *), const char *name);
void kcarveout_add(struct krproc *r, struct kcarveout *m);
struct kcarveout *kcarveout_find(struct krproc *r, const char *name);
void *kda_to_va(struct krproc *r, u64 da, size_t len, _Bool *is_iomem);
int kvq_interrupt(struct krproc *r, int vqid);
int kreport_crash(struct krproc *r, int type);
int kwdog(void (*fn)(void *data, int n), void *data);
