// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct radio {
	struct ieee80211_supported_band band;
	struct cfg80211_scan_request *scan;
	int scans;
	u8 assoc_ie[16];
};

static struct ieee80211_channel channels_2ghz[] = {
	{0, 2412, 0, 20}, {0, 2437, 0, 20}, {0, 2484, 8, 10}};

static int radio_scan(struct wiphy *wiphy, struct cfg80211_scan_request *request)
{
	struct radio *radio = wiphy_priv(wiphy);
	struct cfg80211_scan_info info = {.scan_start_tsf = 77};
	u8 ie[10] = {0}, bssid[6] = {2, 0, 0, 0, 0, 1};

	if (radio->scan)
		return -16;
	radio->scan = request;
	for (u32 i = 0; i < request->n_channels; i++) {
		struct cfg80211_inform_bss data = {.chan = request->channels[i]};
		struct cfg80211_ssid *ssid = &request->ssids[i % request->n_ssids];
		struct cfg80211_bss *bss;

		if (data.chan->flags & 8)
			continue;
		data.signal = -100 * (int)(40 + (data.chan - radio->band.channels));
		bssid[5]++;
		ie[1] = ssid->ssid_len;
		memcpy(ie + 2, ssid->ssid, ssid->ssid_len);
		bss = cfg80211_inform_bss_data(wiphy, &data, bssid, ie, 2 + ssid->ssid_len);
		if (!bss)
			continue;
		report(bss->len);
		report(bss->channel->center_freq - bss->signal);
		cfg80211_put_bss(wiphy, bss);
	}
	info.aborted = ++radio->scans > 1;
	radio->scan = NULL;
	cfg80211_scan_done(request, &info);
	return 0;
}

static int radio_connect(
	struct wiphy *wiphy, struct cfg80211_bss *bss, const u8 *ie, size_t ie_len)
{
	struct radio *radio = wiphy_priv(wiphy);

	if (ie_len > sizeof(radio->assoc_ie) || bss->data[1] != bss->len - 2)
		return -22;
	memcpy(radio->assoc_ie, ie, ie_len);
	bss->channel->max_power -= 3;
	return radio->assoc_ie[ie_len - 1] << 16 | bss->data[2] << 8 | bss->bssid[5];
}

static const struct cfg80211_ops radio_ops = {radio_scan, radio_connect};

static int radio_probe(void)
{
	struct wiphy *wiphy = wiphy_new(&radio_ops, sizeof(struct radio));
	struct radio *radio;
	int ret;

	if (!wiphy)
		return -12;
	radio = wiphy_priv(wiphy);
	radio->band.channels = channels_2ghz;
	radio->band.n_channels = 3;
	wiphy->bands[0] = &radio->band;
	wiphy->max_scan_ssids = 2;
	ret = wiphy_register(wiphy);
	report(channels_2ghz[1].max_power);
	report(channels_2ghz[2].flags);
	report(wiphy->perm_addr[0]);
	return ret;
}

module_init(radio_probe);
