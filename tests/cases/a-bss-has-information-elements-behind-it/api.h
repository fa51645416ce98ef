// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct ieee80211_channel {
	int band;
	u32 center_freq;
	u32 flags;
	int max_power;
};

struct ieee80211_supported_band {
	struct ieee80211_channel *channels;
	int n_channels;
	int band;
};

struct cfg80211_ssid {
	u8 ssid[8];
	u8 ssid_len;
};

struct wiphy;

struct cfg80211_scan_request {
	struct cfg80211_ssid *ssids;
	int n_ssids;
	u32 n_channels;
	struct wiphy *wiphy;
	struct ieee80211_channel *channels[];
};

struct cfg80211_scan_info {
	u64 scan_start_tsf;
	_Bool aborted;
};

struct cfg80211_inform_bss {
	struct ieee80211_channel *chan;
	int signal;
};

struct cfg80211_bss {
	struct ieee80211_channel *channel;
	int signal;
	u8 bssid[6];
	size_t len;
	u8 data[];
};

struct cfg80211_ops {
	int (*scan)(struct wiphy *wiphy, struct cfg80211_scan_request *request);
	int (*connect)(struct wiphy *wiphy, struct cfg80211_bss *bss, const u8 *ie, size_t ie_len);
};

struct wiphy {
	u8 perm_addr[6];
	int max_scan_ssids;
	struct ieee80211_supported_band *bands[3];
	_Alignas(16) char priv[];
};

static inline void *wiphy_priv(struct wiphy *wiphy)
{
	return &wiphy->priv;
}

struct wiphy *wiphy_new(const struct cfg80211_ops *ops, int sizeof_priv);
int wiphy_register(struct wiphy *wiphy);
struct cfg80211_bss *cfg80211_inform_bss_data(struct wiphy *wiphy, struct cfg80211_inform_bss *data,
	const u8 *bssid, const u8 *ie, size_t ielen);
void cfg80211_put_bss(struct wiphy *wiphy, struct cfg80211_bss *bss);
void cfg80211_scan_done(struct cfg80211_scan_request *request, struct cfg80211_scan_info *info);
