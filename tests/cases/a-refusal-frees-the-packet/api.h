// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct packet {
	u32 length;
	u32 kind;
	u32 seen;
};

struct link_ops {
	int (*transmit)(struct packet *packet);
};

int link_register(const struct link_ops *ops);
// Whether nothing can be done with it: then it is gone.
int packet_refused(struct packet *packet);
// 0, or an error: then it is gone.
int packet_checked(struct packet *packet);
void packet_free(struct packet *packet);
