// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_bond;

struct x_port {
	struct x_bond *bond;
	struct net_device *dev;
	u32 frames, filter;
};

struct x_bond {
	struct net_device *master;
	struct x_port *ports[2];
	u32 frames;
	struct sk_buff *held;
};

static enum rx_result x_rx(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb, *copy;
	struct x_port *port = skb->dev->rx_handler_data;
	struct x_bond *bond = port->bond;

	port->frames++;
	if (skb->mark == port->filter) {
		skb->dev->dropped++;
		kfree_skb(skb);
		return RX_CONSUMED;
	}
	if (skb->mark == 3) {
		copy = skb_copy(skb);
		copy->mark = 30 + bond->frames;
		kfree_skb(skb);
		skb = *pskb = copy;
	}
	if (skb->mark == 4 && !bond->held) {
		bond->held = skb;
		return RX_CONSUMED;
	}
	if (skb->mark == 5)
		return RX_PASS;
	bond->frames += skb->len;
	skb->dev = bond->master;
	return RX_ANOTHER;
}

static int x_enslave(struct x_bond *bond, int i, u32 filter)
{
	struct x_port *port = kzalloc(sizeof(*port), 0);

	port->bond = bond;
	port->filter = filter;
	port->dev = dev_get_by_index(i + 1);
	bond->ports[i] = port;
	return rx_handler_register(port->dev, x_rx, port);
}

static int x_init(void)
{
	struct x_bond *bond = kzalloc(sizeof(*bond), 0);

	bond->master = dev_get_by_index(9);
	report(x_enslave(bond, 0, 6));
	report(x_enslave(bond, 1, 7));
	report(x_enslave(bond, 1, 7));
	report(bond->ports[0]->frames * 100 + bond->frames);
	report(bond->held ? bond->held->len : 0);
	return 0;
}

module_init(x_init);
