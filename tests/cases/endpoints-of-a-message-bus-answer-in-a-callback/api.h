// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
int strcmp(const char *a, const char *b);

struct rpmsg_channel_info {
	char name[16];
	u32 src, dst;
};

struct rpmsg_device {
	struct {
		const char *name;
	} id;

	u32 src, dst;
	struct rpmsg_endpoint *ept;
	void *driver_data;
};

typedef int (*rpmsg_rx_cb_t)(struct rpmsg_device *rpdev, void *data, int len, void *priv, u32 src);

struct rpmsg_endpoint {
	struct rpmsg_device *rpdev;
	int refcount;
	rpmsg_rx_cb_t cb;
	u32 addr;
	void *priv;
};

struct rpmsg_driver {
	const char *const *id_table;
	int (*probe)(struct rpmsg_device *rpdev);
	rpmsg_rx_cb_t callback;
};

int register_rpmsg_driver(struct rpmsg_driver *driver);
struct rpmsg_endpoint *rpmsg_create_ept(
	struct rpmsg_device *rpdev, rpmsg_rx_cb_t cb, void *priv, struct rpmsg_channel_info chinfo);
void rpmsg_destroy_ept(struct rpmsg_endpoint *ept);
int rpmsg_sendto(struct rpmsg_endpoint *ept, void *data, int len, u32 dst);
