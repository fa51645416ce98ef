/* SPDX-License-Identifier: MIT */
/* One struct for each way in which something can cross. */
#ifndef SHAPES_H
#define SHAPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;

#define LIMIT 4

struct lock {
	int count;
};

struct inner {
	u32 a;
	u8 bytes[6];
};

struct attr {
	uint16_t len;
	uint16_t type;
};

struct shared_info {
	u8 flags;
};

/* Passed by value; what is first in it is a struct. */
typedef struct {
	struct {
		u32 start;
	} at;
	u32 length;
} pair_t;

struct stats {
	u64 packets;
	u64 bytes;
};

struct node {
	u32 value;
	struct node *next;
};

struct reading {
	u32 count;
	u32 values[];
};

struct device;

struct ops {
	int (*open)(struct device *device);
	void (*done)(struct device *device);
	const char *kind;
};

struct device {
	u32 flags;
	bool up;
	const u8 level;
	unsigned int low : 3;
	unsigned int carrier : 1;
	char name[16];
	struct inner inner;
	const struct ops *ops;
	void (*destructor)(struct device *device);
	bool frees;
	u32 address_length;
	u8 *address;
	u8 *list;
	u8 *head;
	u32 end;
	struct stats *stats;
	struct inner *table;
	u32 table_length;
	struct node *nodes;
	struct reading *reading;
	struct lock *lock;
	void *cookie;
	struct attr **attrs;
	struct inner *spares;
	u32 spare_count;
	u32 users;
	u64 states;
	u32 counts[3];
	u64 masks[2];
	u32 tally : 5;
	u32 beside : 3;
};

struct hidden;

/* Of the kernel: for a driver that does not give a device back. */
void release_device(struct device *device);

#endif
