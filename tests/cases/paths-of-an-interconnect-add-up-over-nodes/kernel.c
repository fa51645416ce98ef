// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct icc_node *nodes[16];

struct icc_node *icc_node_create(int id)
{
	kernel_only();
	if (!nodes[id]) {
		nodes[id] = kzalloc(sizeof(*nodes[id]), 0);
		nodes[id]->id = id;
		nodes[id]->links = kzalloc(4 * sizeof(nodes[id]->links[0]), 0);
	}
	return nodes[id];
}

int icc_link_create(struct icc_node *node, int dst_id)
{
	kernel_only();
	node->links[node->num_links++] = icc_node_create(dst_id);
	return node->links[node->num_links - 1]->name[0];
}

struct icc_path *icc_get(struct icc_provider *provider, unsigned src, unsigned dst)
{
	struct icc_node *from = provider->xlate(src, provider->data),
			*to = provider->xlate(dst, provider->data);
	struct icc_path *path;
	kernel_only();
	for (size_t i = 0; from && to && i < from->num_links; i++) {
		if (from->links[i] != to)
			continue;
		to->reverse = from;
		path = kzalloc(sizeof(*path) + 2 * sizeof(path->reqs[0]), 0);
		path->num_nodes = 2;
		for (struct icc_node *node = to; node; node = node == from ? NULL : node->reverse)
			path->reqs[node == to].node = node;
		provider->users++;
		return path;
	}
	return NULL;
}

int icc_set_bw(struct icc_path *path, u32 avg, u32 peak)
{
	u32 old_avg = path->reqs[0].avg_bw, old_peak = path->reqs[0].peak_bw;
	struct icc_node *first = path->reqs[0].node;
	int err;
	kernel_only();
	for (size_t i = 0; i < path->num_nodes; i++) {
		struct icc_req *req = &path->reqs[i];
		req->avg_bw = avg;
		req->peak_bw = peak;
		req->node->avg_bw = req->node->peak_bw = 0;
		first->provider->aggregate(
			req->node, req->tag, avg, peak, &req->node->avg_bw, &req->node->peak_bw);
	}
	err = first->provider->set(first, path->reqs[1].node);
	if (err && old_avg)
		icc_set_bw(path, old_avg, old_peak);
	return err;
}
