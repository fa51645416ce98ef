// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct net_device *registered;

struct net_device *alloc_etherdev_mq(int sizeof_priv, unsigned queues)
{
	struct net_device *dev = kzalloc(sizeof(*dev) + sizeof_priv, 0);

	kernel_only();
	dev->num_rx_queues = queues;
	strscpy(dev->name, "eth%d", sizeof(dev->name));
	return dev;
}

int register_netdev(struct net_device *dev)
{
	struct ethtool_link_ksettings set = {.speed = 2500};

	kernel_only();
	dev->name[3] = '4';
	dev->name[4] = 0;
	registered = dev;
	set.link_modes.advertising[0] = 0x28;
	return dev->ethtool_ops->set_link_ksettings(dev, &set);
}

void free_netdev(struct net_device *dev)
{
	kernel_only();
	kfree(dev);
}

int later(void)
{
	struct net_device *dev = registered;
	const struct ethtool_ops *ops = dev->ethtool_ops;
	struct ethtool_drvinfo info = {0};
	struct ethtool_link_ksettings link = {0};
	struct ethtool_rxfh_param rxfh = {.key_size = 4};
	int n = ops->get_sset_count(dev, ETH_SS_STATS);
	u8 *strings = kzalloc(n * ETH_GSTRING_LEN, 0);
	struct ethtool_stats *stats = kzalloc(sizeof(*stats) + n * sizeof(u64), 0);
	long sum = 0;

	report(n);
	ops->get_drvinfo(dev, &info);
	report(info.driver[2] * 1000 + info.bus_info[6]);
	ops->get_strings(dev, ETH_SS_STATS, strings);
	for (int i = 0; i < n; i++)
		sum = sum * 3 + strings[i * ETH_GSTRING_LEN + 2] + strings[i * ETH_GSTRING_LEN + 4];
	report(sum);
	stats->n_stats = n;
	ops->get_ethtool_stats(dev, stats, stats->data);
	report(stats->data[2] * 10000 + stats->data[5]);
	ops->get_link_ksettings(dev, &link);
	report(link.speed + link.link_modes.supported[1]);
	report(link.link_modes.supported[0] << 8 | link.link_modes.advertising[0]);
	rxfh.indir_size = ops->get_rxfh_indir_size(dev);
	rxfh.indir = kzalloc(rxfh.indir_size * sizeof(u32), 0);
	rxfh.key = kzalloc(rxfh.key_size, 0);
	report(ops->get_rxfh(dev, &rxfh));
	report(rxfh.indir[5] * 1000 + rxfh.key[3]);
	link.link_modes.advertising[0] = 0x40;
	kfree(rxfh.key);
	kfree(rxfh.indir);
	kfree(stats);
	kfree(strings);
	return ops->set_link_ksettings(dev, &link);
}
