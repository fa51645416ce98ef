// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct nic_ring {
	u64 packets, bytes;
};

struct nic {
	struct net_device *netdev;
	u32 speed;
	unsigned long advertised;
	u32 indir[8];
	u8 key[4];
	struct nic_ring *rings;
};

static const struct {
	const char *name;
	size_t offset;
} ring_stats[] = {{"packets", offsetof(struct nic_ring, packets)},
	{"bytes", offsetof(struct nic_ring, bytes)}};

static void nic_get_drvinfo(struct net_device *dev, struct ethtool_drvinfo *info)
{
	strscpy(info->driver, "nic", sizeof(info->driver));
	snprintf(info->bus_info, sizeof(info->bus_info), "%s@%02x", dev->name, dev->dev_addr[5]);
}

static int nic_get_sset_count(struct net_device *dev, int sset)
{
	return sset == ETH_SS_STATS ? 2 * dev->num_rx_queues : -95;
}

static void nic_get_strings(struct net_device *dev, u32 sset, u8 *data)
{
	for (unsigned q = 0; q < dev->num_rx_queues; q++)
		for (int i = 0; i < 2; i++) {
			snprintf((char *)data, ETH_GSTRING_LEN, "rx%u_%s", q, ring_stats[i].name);
			data += ETH_GSTRING_LEN;
		}
}

static void nic_get_ethtool_stats(struct net_device *dev, struct ethtool_stats *stats, u64 *data)
{
	struct nic *nic = netdev_priv(dev);

	report(stats->n_stats);
	for (unsigned q = 0; q < dev->num_rx_queues; q++)
		for (int i = 0; i < 2; i++)
			*data++ = *(u64 *)((char *)&nic->rings[q] + ring_stats[i].offset);
}

static int nic_get_link(struct net_device *dev, struct ethtool_link_ksettings *cmd)
{
	struct nic *nic = netdev_priv(dev);

	cmd->speed = nic->speed;
	cmd->link_modes.supported[0] |= 0x2f;
	cmd->link_modes.supported[1] |= 1UL << 3;
	cmd->link_modes.advertising[0] = nic->advertised;
	return 0;
}

static int nic_set_link(struct net_device *dev, const struct ethtool_link_ksettings *cmd)
{
	struct nic *nic = netdev_priv(dev);

	if (cmd->link_modes.advertising[0] & ~0x2fUL)
		return -22;
	nic->advertised = cmd->link_modes.advertising[0];
	nic->speed = cmd->speed;
	return 0;
}

static u32 nic_get_rxfh_indir_size(struct net_device *dev)
{
	return 8;
}

static int nic_get_rxfh(struct net_device *dev, struct ethtool_rxfh_param *rxfh)
{
	struct nic *nic = netdev_priv(dev);

	if (rxfh->indir)
		memcpy(rxfh->indir, nic->indir, sizeof(nic->indir));
	if (rxfh->key)
		memcpy(rxfh->key, nic->key, rxfh->key_size);
	return 0;
}

static const struct ethtool_ops nic_ethtool_ops = {
	nic_get_drvinfo, nic_get_sset_count, nic_get_strings, nic_get_ethtool_stats, nic_get_link,
	nic_set_link, nic_get_rxfh_indir_size, nic_get_rxfh};

static int nic_probe(void)
{
	struct net_device *netdev = alloc_etherdev_mq(sizeof(struct nic), 3);
	struct nic *nic;
	int err;

	if (!netdev)
		return -12;
	nic = netdev_priv(netdev);
	nic->netdev = netdev;
	nic->rings = kzalloc(netdev->num_rx_queues * sizeof(*nic->rings), 0);
	for (int i = 0; i < 3; i++)
		nic->rings[i] = (struct nic_ring){.packets = 10 + i, .bytes = 1000 * (i + 1)};
	for (int i = 0; i < 8; i++)
		nic->indir[i] = i % 3;
	memcpy(nic->key, "\x6d\x5a\x56\xda", 4);
	netdev->dev_addr[5] = 0xa7;
	netdev->ethtool_ops = &nic_ethtool_ops;
	err = register_netdev(netdev);
	if (err) {
		kfree(nic->rings);
		free_netdev(netdev);
		return err;
	}
	report(netdev->name[3]);
	report(nic->speed);
	return 0;
}

module_init(nic_probe);
