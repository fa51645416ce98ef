/* SPDX-License-Identifier: Dual MIT/GPL */
/* A small subsystem, as a kernel would have one: shelves, whose drivers take parcels. */
#ifndef SHELF_H
#define SHELF_H

#include <stdbool.h>

struct shelf;

struct parcel {
	unsigned int weight;
	unsigned int stamp;	/* the kernel's */
	bool fragile;
	char label[12];
	const char *note;
	unsigned int seal;	/* never the driver's business */
};

struct shelf_stats {
	unsigned long parcels;
	unsigned long weight;
};

struct shelf_ops {
	const char *kind;
	int (*open)(struct shelf *shelf);
	void (*close)(struct shelf *shelf);
	/* 1: the driver has freed the parcel; 0: the sender has it back */
	int (*accept)(struct shelf *shelf, struct parcel *parcel);
	void (*read)(struct shelf *shelf, struct shelf_stats *stats);
	int (*descend)(struct shelf *shelf, int depth);
};

struct shelf {
	char name[16];
	unsigned int capacity;
	unsigned int flags;
	bool open;
	const struct shelf_ops *ops;
	unsigned long parcels, weight;
	unsigned int secret;	/* never the driver's business */
	unsigned int users;	/* calls under way */
	bool dead;		/* freed when the last of them returns */
};

extern unsigned int shelf_limit;

struct shelf *alloc_shelf(const char *name, void (*setup)(struct shelf *shelf));
void free_shelf(struct shelf *shelf);
int register_shelf(struct shelf *shelf);
void unregister_shelf(struct shelf *shelf);
void mark_shelf(struct shelf *shelf, unsigned int flags);
int descend_shelf(struct shelf *shelf, int depth);
void stamp_parcel(struct parcel *parcel);
void free_parcel(struct parcel *parcel);

#endif
