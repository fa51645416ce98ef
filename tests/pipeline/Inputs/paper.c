// SPDX-License-Identifier: Dual MIT/GPL
/* A driver of the subsystem, that knows nothing of domains. */
#include "shelf.h"

#include <string.h>

static struct shelf *paper;
static unsigned int opened;

static int paper_open(struct shelf *shelf)
{
	if (strcmp(shelf->name, "paper"))
		return -22;
	mark_shelf(shelf, 2);
	opened++;
	return shelf->flags & 2 ? 0 : -5;
}

static void paper_close(struct shelf *shelf)
{
	shelf->flags = 0;
	opened--;
}

static int paper_accept(struct shelf *shelf, struct parcel *parcel)
{
	if (!opened || parcel->weight > shelf->capacity)
		return -28;
	shelf->parcels++;
	shelf->weight += parcel->weight;
	stamp_parcel(parcel);
	if (!parcel->stamp)
		return -5;
	if (parcel->fragile) {
		free_parcel(parcel);
		return 1;
	}
	parcel->weight++;
	parcel->label[0] = parcel->note[0];
	return 0;
}

static void paper_read(struct shelf *shelf, struct shelf_stats *stats)
{
	stats->parcels = shelf->parcels;
	stats->weight = shelf->weight;
}

static int paper_descend(struct shelf *shelf, int depth)
{
	if (depth <= 0)
		return 0;
	return 1 + descend_shelf(shelf, depth - 1);
}

static const struct shelf_ops paper_ops = {
	.kind = "paper",
	.open = paper_open,
	.close = paper_close,
	.accept = paper_accept,
	.read = paper_read,
	.descend = paper_descend,
};

static void paper_setup(struct shelf *shelf)
{
	shelf->capacity = 50;
	shelf->ops = &paper_ops;
}

static int paper_init(void)
{
	int slot;

	paper = alloc_shelf("paper", paper_setup);
	if (!paper)
		return -12;
	slot = register_shelf(paper);
	if (slot < 0) {
		free_shelf(paper);
		return slot;
	}
	return 0;
}

static void paper_exit(void)
{
	unregister_shelf(paper);
	free_shelf(paper);
	paper = 0;
}

int init_module(void) __attribute__((alias("paper_init")));
void cleanup_module(void) __attribute__((alias("paper_exit")));
