/* SPDX-License-Identifier: Dual MIT/GPL */
/* What the users of the subsystem see; the driver does not. */
#ifndef SHELF_KERNEL_H
#define SHELF_KERNEL_H

#include "shelf.h"

#include <stddef.h>

#define SHELVES 4
#define PARCELS 16

extern struct shelf *shelves[SHELVES];
extern struct parcel *parcels[PARCELS]; /* all that were made and not freed */

void *kzalloc(size_t size, unsigned int flags);
void kfree(const void *memory);

bool parcel_alive(const struct parcel *parcel);
struct parcel *make_parcel(unsigned int weight, const char *label, bool fragile);
int open_shelf(struct shelf *shelf);
void close_shelf(struct shelf *shelf);
int send_parcel(struct shelf *shelf, struct parcel *parcel);
void read_shelf(struct shelf *shelf, struct shelf_stats *stats);

#endif
