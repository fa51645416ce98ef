// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct link {
	struct link *next;
};

struct owner {
	int value;
	struct link links[2];
};

void kstart(struct link *head);
void kadd(struct link *head, struct link *one);
int ksum(struct link *head, int index);
