// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct rpmsg_device channel = {{"rpmsg-echo"}, 40, 9};
static struct rpmsg_endpoint *epts[128];
static int live;

struct rpmsg_endpoint *rpmsg_create_ept(
	struct rpmsg_device *rpdev, rpmsg_rx_cb_t cb, void *priv, struct rpmsg_channel_info chinfo)
{
	struct rpmsg_endpoint *ept;
	kernel_only();
	if (epts[chinfo.src] || chinfo.dst != rpdev->dst)
		return NULL;
	ept = epts[chinfo.src] = kzalloc(sizeof(*ept), 0);
	*ept = (struct rpmsg_endpoint){rpdev, 1, cb, chinfo.src, priv};
	live += chinfo.name[0];
	return ept;
}

static void put(struct rpmsg_endpoint *ept)
{
	if (--ept->refcount)
		return;
	live -= 'c';
	kfree(ept);
}

void rpmsg_destroy_ept(struct rpmsg_endpoint *ept)
{
	kernel_only();
	ept->cb = NULL;
	epts[ept->addr] = NULL;
	put(ept);
}

int rpmsg_sendto(struct rpmsg_endpoint *ept, void *data, int len, u32 dst)
{
	const u8 *bytes = data;
	int sum = 0;
	kernel_only();
	for (int i = 0; i < len; i++)
		sum += bytes[i] * (i + 1);
	return sum * 100 + dst + (ept->addr == 77);
}

int register_rpmsg_driver(struct rpmsg_driver *driver)
{
	struct rpmsg_channel_info info = {"raw", channel.src, channel.dst};
	kernel_only();
	for (int i = 0; driver->id_table[i]; i++)
		if (!strcmp(driver->id_table[i], channel.id.name)) {
			channel.ept = rpmsg_create_ept(&channel, driver->callback, NULL, info);
			report(driver->probe(&channel));
		}
	return 0;
}

static int receive(u32 addr, const void *from, int len)
{
	struct rpmsg_endpoint *ept = epts[addr];
	void *data = memcpy(kzalloc(len, 0), from, len);
	int err = -19;
	if (ept) {
		ept->refcount++;
		err = ept->cb(ept->rpdev, data, len, ept->priv, 5);
		put(ept);
	}
	kfree(data);
	return err;
}

int later(void)
{
	report(receive(40, (u16[]){3, 2, 0x2120}, 6));
	report(receive(40, (u16[]){3, 3, 0x2120}, 6));
	report(receive(77, "go", 3));
	report(receive(77, "quit", 5));
	return receive(77, "go", 3) * 1000 + live;
}
