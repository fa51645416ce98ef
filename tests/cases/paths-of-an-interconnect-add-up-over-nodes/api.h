// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct icc_node {
	int id;
	const char *name;
	struct icc_node **links;
	size_t num_links;
	struct icc_provider *provider;
	struct icc_node *reverse;
	u32 avg_bw, peak_bw;
	void *data;
};

struct icc_onecell_data {
	unsigned num_nodes;
	struct icc_node *nodes[];
};

struct icc_provider {
	int (*set)(struct icc_node *src, struct icc_node *dst);
	int (*aggregate)(
		struct icc_node *node, u32 tag, u32 avg, u32 peak, u32 *agg_avg, u32 *agg_peak);
	struct icc_node *(*xlate)(unsigned cell, void *data);
	int users;
	void *data;
};

struct icc_req {
	struct icc_node *node;
	u32 tag, avg_bw, peak_bw;
};

struct icc_path {
	size_t num_nodes;
	struct icc_req reqs[];
};
struct icc_node *icc_node_create(int id);
int icc_link_create(struct icc_node *node, int dst_id);
struct icc_path *icc_get(struct icc_provider *provider, unsigned src, unsigned dst);
int icc_set_bw(struct icc_path *path, u32 avg, u32 peak);
