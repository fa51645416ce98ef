// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct qnode {
	u32 width, clock, sum[2];
};

static int noc_aggregate(
	struct icc_node *node, u32 tag, u32 avg, u32 peak, u32 *agg_avg, u32 *agg_peak)
{
	struct qnode *q = node->data;
	q->sum[tag & 1] += avg;
	*agg_avg += avg;
	*agg_peak = peak > *agg_peak ? peak : *agg_peak;
	return 0;
}

static int noc_set(struct icc_node *src, struct icc_node *dst)
{
	struct qnode *q = src->data;
	if (dst->peak_bw > 5000)
		return -34;
	q->clock = src->avg_bw / q->width + dst->peak_bw;
	return 0;
}

static struct icc_node *noc_xlate(unsigned cell, void *data)
{
	struct icc_onecell_data *cells = data;
	return cell < cells->num_nodes ? cells->nodes[cell] : NULL;
}
static struct icc_provider noc = {noc_set, noc_aggregate, noc_xlate};
static const char *const names[] = {"cpu", "snoc", "ddr"};

static int noc_init(void)
{
	struct icc_onecell_data *cells = kzalloc(sizeof(*cells) + 3 * sizeof(cells->nodes[0]), 0);
	struct icc_path *path;
	struct qnode *q;
	noc.data = cells;
	for (int i = 0; i < 3; i++) {
		struct icc_node *node = cells->nodes[cells->num_nodes++] = icc_node_create(10 + i);
		node->name = names[i];
		node->provider = &noc;
		q = node->data = kzalloc(sizeof(*q), 0);
		q->width = 4 << i;
	}
	report(icc_link_create(cells->nodes[0], 11));
	report(icc_link_create(cells->nodes[0], 12));
	report(icc_link_create(cells->nodes[1], 12) * 10 + cells->nodes[0]->num_links);
	report(!icc_get(&noc, 0, 3));
	path = icc_get(&noc, 1, 2);
	report(path->num_nodes * 100 + path->reqs[1].node->name[0] + noc.users);
	path->reqs[0].tag = 1;
	report(icc_set_bw(path, 800, 3000));
	q = path->reqs[0].node->data;
	report(q->clock * 1000l + q->sum[1] + q->sum[0]);
	report(icc_set_bw(path, 900, 6000));
	report(cells->nodes[2]->peak_bw);
	report(cells->nodes[0]->links[1]->avg_bw + q->sum[1]);
	return 0;
}

module_init(noc_init);
