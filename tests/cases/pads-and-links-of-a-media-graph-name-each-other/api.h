// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct media_pad {
	struct media_entity *entity;
	u16 index, flags;
};

struct media_link {
	struct list_head list;
	struct media_pad *source, *sink;
	u32 flags;
};

struct media_entity {
	const char *name;
	u16 num_pads, num_links;
	struct media_pad *pads;
	struct list_head links;
	const struct media_entity_operations *ops;
};

struct media_entity_operations {
	int (*link_setup)(struct media_entity *e, const struct media_pad *local,
		const struct media_pad *remote, u32 flags);
};

int media_entity_pads_init(struct media_entity *e, u16 num_pads, struct media_pad *pads);
int media_create_pad_link(
	struct media_entity *source, u16 from, struct media_entity *sink, u16 to, u32 flags);
int media_link_setup(struct media_link *link, u32 flags);
