// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

#define ETH_GSTRING_LEN 16
#define ETH_SS_STATS 1

struct net_device;

struct ethtool_drvinfo {
	u32 cmd;
	char driver[16];
	char bus_info[16];
	u32 n_stats;
};

struct ethtool_stats {
	u32 cmd;
	u32 n_stats;
	u64 data[];
};

struct ethtool_link_ksettings {
	u32 speed;
	struct {
		unsigned long supported[2];
		unsigned long advertising[2];
	} link_modes;
};

struct ethtool_rxfh_param {
	u32 indir_size;
	u32 *indir;
	u32 key_size;
	u8 *key;
};

struct ethtool_ops {
	void (*get_drvinfo)(struct net_device *dev, struct ethtool_drvinfo *info);
	int (*get_sset_count)(struct net_device *dev, int sset);
	void (*get_strings)(struct net_device *dev, u32 sset, u8 *data);
	void (*get_ethtool_stats)(struct net_device *dev, struct ethtool_stats *stats, u64 *data);
	int (*get_link_ksettings)(struct net_device *dev, struct ethtool_link_ksettings *cmd);
	int (*set_link_ksettings)(struct net_device *dev, const struct ethtool_link_ksettings *cmd);
	u32 (*get_rxfh_indir_size)(struct net_device *dev);
	int (*get_rxfh)(struct net_device *dev, struct ethtool_rxfh_param *rxfh);
};

struct net_device {
	char name[16];
	u8 dev_addr[6];
	unsigned num_rx_queues;
	const struct ethtool_ops *ethtool_ops;
	_Alignas(16) u8 priv[];
};

static inline void *netdev_priv(const struct net_device *dev)
{
	return (char *)dev + sizeof(struct net_device);
}

struct net_device *alloc_etherdev_mq(int sizeof_priv, unsigned queues);
int register_netdev(struct net_device *dev);
void free_netdev(struct net_device *dev);
long strscpy(char *to, const char *from, size_t size);
int snprintf(char *to, size_t size, const char *format, ...);
