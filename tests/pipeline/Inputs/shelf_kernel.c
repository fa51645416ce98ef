// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The kernel's part of the subsystem. It counts on its drivers no more than a
 * careful kernel would: a shelf that is freed while a call uses it lives until
 * the call returns, and NULL is nobody.
 */
#include "shelf_kernel.h"

#include <string.h>

struct shelf *shelves[SHELVES];
struct parcel *parcels[PARCELS];
unsigned int shelf_limit = 100;
static unsigned int stamps, marks;

static void hold_shelf(struct shelf *shelf)
{
	shelf->users++;
}

static void put_shelf(struct shelf *shelf)
{
	if (!--shelf->users && shelf->dead)
		kfree(shelf);
}

struct shelf *alloc_shelf(const char *name, void (*setup)(struct shelf *shelf))
{
	struct shelf *shelf = name ? kzalloc(sizeof(*shelf), 0) : NULL;

	if (!shelf)
		return NULL;
	strncpy(shelf->name, name, sizeof(shelf->name) - 1);
	shelf->secret = 0x5ec2e7;
	if (setup)
		setup(shelf);
	return shelf;
}

void unregister_shelf(struct shelf *shelf)
{
	int i;

	for (i = 0; i < SHELVES; i++)
		if (shelves[i] == shelf)
			shelves[i] = NULL;
}

void free_shelf(struct shelf *shelf)
{
	if (!shelf)
		return;
	unregister_shelf(shelf);
	hold_shelf(shelf);
	shelf->dead = true;
	put_shelf(shelf);
}

static bool ops_complete(const struct shelf_ops *ops)
{
	return ops && ops->kind && ops->open && ops->close && ops->accept && ops->read &&
	       ops->descend;
}

int register_shelf(struct shelf *shelf)
{
	int i;

	if (!shelf || shelf->dead || !ops_complete(shelf->ops) || shelf->capacity > shelf_limit)
		return -22;
	for (i = 0; i < SHELVES; i++) {
		if (shelves[i])
			continue;
		shelves[i] = shelf;
		return i;
	}
	return -28;
}

void mark_shelf(struct shelf *shelf, unsigned int flags)
{
	if (!shelf)
		return;
	shelf->flags |= flags;
	marks++;
}

int descend_shelf(struct shelf *shelf, int depth)
{
	if (!shelf || !ops_complete(shelf->ops))
		return -22;
	return shelf->ops->descend(shelf, depth);
}

int open_shelf(struct shelf *shelf)
{
	int error;

	hold_shelf(shelf);
	error = shelf->ops->open(shelf);
	if (!error)
		shelf->open = true;
	put_shelf(shelf);
	return error;
}

void close_shelf(struct shelf *shelf)
{
	hold_shelf(shelf);
	shelf->ops->close(shelf);
	shelf->open = false;
	put_shelf(shelf);
}

/* The parcel may be gone afterwards. */
int send_parcel(struct shelf *shelf, struct parcel *parcel)
{
	int result;

	hold_shelf(shelf);
	result = shelf->ops->accept(shelf, parcel);
	put_shelf(shelf);
	return result;
}

void read_shelf(struct shelf *shelf, struct shelf_stats *stats)
{
	hold_shelf(shelf);
	shelf->ops->read(shelf, stats);
	put_shelf(shelf);
}

bool parcel_alive(const struct parcel *parcel)
{
	int i;

	for (i = 0; i < PARCELS; i++)
		if (parcels[i] == parcel)
			return true;
	return false;
}

struct parcel *make_parcel(unsigned int weight, const char *label, bool fragile)
{
	struct parcel *parcel;
	int i = 0;

	while (i < PARCELS && parcels[i])
		i++;
	if (i == PARCELS)
		return NULL;
	parcel = kzalloc(sizeof(*parcel), 0);
	parcels[i] = parcel;
	if (!parcel)
		return NULL;
	parcel->weight = weight;
	parcel->fragile = fragile;
	parcel->seal = 0x5ea1;
	parcel->note = "with care";
	strncpy(parcel->label, label, sizeof(parcel->label) - 1);
	return parcel;
}

void stamp_parcel(struct parcel *parcel)
{
	if (parcel)
		parcel->stamp = ++stamps;
}

void free_parcel(struct parcel *parcel)
{
	int i;

	for (i = 0; i < PARCELS; i++)
		if (parcels[i] == parcel)
			parcels[i] = NULL;
	kfree(parcel);
}
