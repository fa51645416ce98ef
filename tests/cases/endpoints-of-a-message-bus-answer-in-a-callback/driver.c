// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct echo {
	u32 seq;
	char last[8];
	struct rpmsg_endpoint *control;
};

struct header {
	u16 cmd, len;
	u8 payload[];
};

static int echo_cb(struct rpmsg_device *rpdev, void *data, int len, void *priv, u32 src)
{
	struct echo *echo = rpdev->driver_data;
	struct header *h = data;
	struct header *reply;
	int err;
	if (len < (int)sizeof(*h) + h->len)
		return -74;
	reply = kzalloc(sizeof(*reply) + h->len + 1, 0);
	reply->cmd = h->cmd | 0x80;
	reply->len = h->len + 1;
	memcpy(reply->payload, h->payload, h->len);
	reply->payload[h->len] = ++echo->seq;
	err = rpmsg_sendto(rpdev->ept, reply, sizeof(*reply) + reply->len, src);
	kfree(reply);
	return err;
}

static int control_cb(struct rpmsg_device *rpdev, void *data, int len, void *priv, u32 src)
{
	struct echo *echo = priv;
	memcpy(echo->last, data, len < 8 ? len : 8);
	report(echo->last[0] * 1000 + echo->last[1] * 10 + (int)src);
	if (echo->last[0] == 'q')
		rpmsg_destroy_ept(echo->control), echo->control = NULL;
	return echo->seq;
}

static int echo_probe(struct rpmsg_device *rpdev)
{
	struct echo *echo = kzalloc(sizeof(*echo), 0);
	struct rpmsg_channel_info info = {"control", 77, 0xffff};
	rpdev->driver_data = echo;
	info.dst = rpdev->dst;
	echo->control = rpmsg_create_ept(rpdev, control_cb, echo, info);
	report(echo->control->addr * 10000 + rpdev->ept->addr * 100 + rpdev->dst);
	report(!rpmsg_create_ept(rpdev, control_cb, echo, info));
	return rpmsg_sendto(echo->control, "hello", 6, rpdev->dst);
}

static const char *const echo_ids[] = {"rpmsg-raw", "rpmsg-echo", NULL};
static struct rpmsg_driver echo_driver = {echo_ids, echo_probe, echo_cb};

static int echo_init(void)
{
	return register_rpmsg_driver(&echo_driver);
}

module_init(echo_init);
