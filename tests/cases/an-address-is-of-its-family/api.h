// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct address {
	u16 family;
	union {
		char data_min[14];
		struct {
			struct {
			} nothing;
			char data[];
		};
	};
};

struct address_storage {
	u16 family;
	char data[126];
} __attribute__((aligned(8)));

struct socket;

struct proto_ops {
	int (*bind)(struct socket *sock, struct address *address, int length);
	int (*getname)(struct socket *sock, struct address *address);
};

struct socket {
	const struct proto_ops *ops;
	void *own;
};

unsigned long _copy_from_user(void *to, const void *from, unsigned long n);
int socket_register(const struct proto_ops *ops);
