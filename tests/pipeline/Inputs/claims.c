// SPDX-License-Identifier: MIT
// What a user of the subsystem sees when its driver runs in a domain: the same as without.

#include "ks-rt/end/statistics.h"
#include "shelf_kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The two ends of the glue, and a function of the driver to compare with.
struct ks_end *paper_driver_start(void);
void paper_driver_stop(void);
int paper_kernel_start(void);
void paper_kernel_stop(void);
int paper_open(struct shelf *shelf);

#define CLAIM(condition)                                                      \
	do {                                                                  \
		if (!(condition)) {                                           \
			fprintf(stderr, "%d: not so: %s\n", __LINE__, #condition); \
			exit(1);                                              \
		}                                                             \
	} while (0)

static void claim_registered(const struct shelf *shelf)
{
	CLAIM(shelf);
	CLAIM(shelf->capacity == 50);
	CLAIM(shelf->secret == 0x5ec2e7);
	CLAIM(!strcmp(shelf->ops->kind, "paper"));
	CLAIM(shelf->ops->open && shelf->ops->open != paper_open);
	CLAIM(shelf->ops->open != NULL && (void *)shelf->ops->accept != (void *)shelf->ops->open);
}

static void claim_parcels(struct shelf *shelf)
{
	struct parcel *parcel = make_parcel(10, "box", false);

	CLAIM(send_parcel(shelf, parcel) == 0);
	CLAIM(parcel->weight == 11 && parcel->stamp != 0 && parcel->seal == 0x5ea1);
	CLAIM(!strcmp(parcel->label, "wox"));
	CLAIM(!strcmp(parcel->note, "with care"));
	CLAIM(shelf->parcels == 1 && shelf->weight == 10);

	parcel->weight = 51;
	CLAIM(send_parcel(shelf, parcel) == -28);
	parcel->weight = 50;
	parcel->fragile = true;
	CLAIM(send_parcel(shelf, parcel) == 1);
	CLAIM(!parcel_alive(parcel));
	CLAIM(shelf->parcels == 2 && shelf->weight == 60);
}

static void claim_no_growth(struct shelf *shelf)
{
	struct ks_statistics before, after;
	int i;

	ks_all_statistics(&before);
	for (i = 0; i < 5000; i++)
		CLAIM(send_parcel(shelf, make_parcel(1, "small", true)) == 1);
	CLAIM(shelf->weight == 5060);
	ks_all_statistics(&after);
	CLAIM(after.live_objects <= before.live_objects + 1);
	CLAIM(after.shadows <= before.shadows + 1);
	CLAIM(after.retired == before.retired);
	CLAIM(after.messages_in_use == 0);
	CLAIM(after.crossings_to_driver == before.crossings_to_driver + 5000);
	CLAIM(after.crossings_to_kernel == before.crossings_to_kernel + 10000);
}

static void claim_all(void)
{
	struct shelf_stats stats = { 77, 77 };
	struct shelf *shelf;

	CLAIM(paper_kernel_start() == 0);
	shelf = shelves[0];
	claim_registered(shelf);
	CLAIM(send_parcel(shelf, make_parcel(1, "early", false)) == -28);
	CLAIM(open_shelf(shelf) == 0);
	CLAIM(shelf->flags == 2);
	claim_parcels(shelf);
	read_shelf(shelf, &stats);
	CLAIM(stats.parcels == 2 && stats.weight == 60);
	CLAIM(descend_shelf(shelf, 6) == 6);
	claim_no_growth(shelf);
	close_shelf(shelf);
	CLAIM(shelf->flags == 0 && !shelf->open);
	paper_kernel_stop();
	CLAIM(!shelves[0]);
	free_parcel(parcels[0]);
}

int main(void)
{
	struct ks_statistics statistics;
	int round;

	for (round = 0; round < 3; round++) {
		CLAIM(!IS_ERR(paper_driver_start()));
		claim_all();
		claim_all(); // the driver's module stays, the kernel's comes again
		paper_driver_stop();
	}
	ks_all_statistics(&statistics);
	CLAIM(statistics.live_objects == 0 && statistics.shadows == 0);
	CLAIM(statistics.stopped_domains == 0);
	puts("as without a domain");
	return 0;
}
