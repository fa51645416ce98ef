// SPDX-License-Identifier: MIT
#pragma once

struct side {
	int self, wire, mask, home, message, result, error, index;
};

struct thing {
	int self;
	int ks_mask;
	int ks_wire;
	int value;
	struct side *side;
	const struct thing_ops *ops;
};

struct thing_ops {
	int (*first)(struct thing *self, int ret, int result, int message);
	int (*second)(struct thing *side, int in, int out, int error);
	int (*third)(struct thing *wire, struct side *reply, int call, int i, int n, int at);
	int (*fourth)(struct thing *object, const char *string, int size, int end);
	int (*fifth)(struct thing *domain, int status, int apply, int twin, int home, int target);
};

int thing_add(struct thing *arguments, int reply, int undo, int function);
int thing_note(struct thing *ks_end, int ks_message, const char *ks_wire);
