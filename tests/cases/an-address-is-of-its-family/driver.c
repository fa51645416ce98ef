// SPDX-License-Identifier: MIT
#include <linux/api.h>

// Of this family only: the kernel has the bytes.
struct bus_address {
	u16 family;
	u16 node;
	u32 port;
	u64 key;
	u64 more;
};

#define BUS 29

static struct bus_address bound;

static int bus_bind(struct socket *sock, struct address *uaddr, int length)
{
	struct bus_address *address = (struct bus_address *)uaddr;

	if (length < (int)sizeof(*address))
		return -22;
	if (address->family != BUS)
		return -97;
	bound = *address;
	report(address->node);
	report(address->port);
	report(address->key & 0xffff);
	report(address->more & 0xffff);
	return 0;
}

static int bus_getname(struct socket *sock, struct address *uaddr)
{
	struct bus_address *address = (struct bus_address *)uaddr;

	memset(address, 0, sizeof(*address));
	address->family = BUS;
	address->node = bound.node;
	address->port = bound.port + 1;
	address->more = 0x1234567;
	return sizeof(*address);
}

static const struct proto_ops bus_ops = {
	.bind = bus_bind,
	.getname = bus_getname,
};

static int bus_init(void)
{
	report(socket_register(&bus_ops));
	return 0;
}
module_init(bus_init);
