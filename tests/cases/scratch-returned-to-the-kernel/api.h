// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct port {
	int id;
	void *priv;
};

struct port_ops {
	void *(*window)(struct port *p, u32 at);
	void (*flush)(struct port *p, u32 n);
};

int port_register(struct port *p, const struct port_ops *ops);
