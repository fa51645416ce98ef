// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct rdev {
	const struct cfg80211_ops *ops;
	struct cfg80211_bss *found[4];
	int n_found, done;
	struct wiphy wiphy;
};

struct internal_bss {
	int refcount;
	struct cfg80211_bss pub;
};

#define wiphy_to_rdev(w) container_of(w, struct rdev, wiphy)

static struct rdev *registered;

struct wiphy *wiphy_new(const struct cfg80211_ops *ops, int sizeof_priv)
{
	struct rdev *rdev = kzalloc(sizeof(*rdev) + sizeof_priv, 0);

	kernel_only();
	rdev->ops = ops;
	rdev->wiphy.perm_addr[0] = 0x42;
	return &rdev->wiphy;
}

int wiphy_register(struct wiphy *wiphy)
{
	kernel_only();
	for (int i = 0; i < 3; i++)
		for (int j = 0; wiphy->bands[i] && j < wiphy->bands[i]->n_channels; j++) {
			struct ieee80211_channel *chan = &wiphy->bands[i]->channels[j];

			chan->band = i;
			if (chan->center_freq > 2472)
				chan->flags |= 1;
			else if (chan->max_power > 17)
				chan->max_power = 17;
		}
	registered = wiphy_to_rdev(wiphy);
	return 0;
}

struct cfg80211_bss *cfg80211_inform_bss_data(struct wiphy *wiphy, struct cfg80211_inform_bss *data,
	const u8 *bssid, const u8 *ie, size_t ielen)
{
	struct internal_bss *bss = kzalloc(sizeof(*bss) + ielen, 0);

	kernel_only();
	bss->refcount = 2;
	bss->pub.channel = data->chan;
	bss->pub.signal = data->signal;
	bss->pub.len = ielen;
	memcpy(bss->pub.bssid, bssid, 6);
	memcpy(bss->pub.data, ie, ielen);
	registered->found[registered->n_found++ & 3] = &bss->pub;
	return &bss->pub;
}

void cfg80211_put_bss(struct wiphy *wiphy, struct cfg80211_bss *pub)
{
	struct internal_bss *bss = container_of(pub, struct internal_bss, pub);

	kernel_only();
	if (!--bss->refcount)
		kfree(bss);
}

void cfg80211_scan_done(struct cfg80211_scan_request *request, struct cfg80211_scan_info *info)
{
	kernel_only();
	registered->done += info->scan_start_tsf + 1000 * info->aborted;
	kfree(request);
}

static int trigger_scan(struct rdev *rdev)
{
	struct ieee80211_supported_band *band = rdev->wiphy.bands[0];
	struct cfg80211_scan_request *request;
	size_t size = sizeof(*request) + band->n_channels * sizeof(request->channels[0]);

	request = kzalloc(size + 2 * sizeof(*request->ssids), 0);
	request->wiphy = &rdev->wiphy;
	request->ssids = (void *)((char *)request + size);
	request->n_ssids = rdev->wiphy.max_scan_ssids;
	request->ssids[0] = (struct cfg80211_ssid){"home", 4};
	request->ssids[1] = (struct cfg80211_ssid){"office", 6};
	request->n_channels = band->n_channels;
	for (int i = 0; i < band->n_channels; i++)
		request->channels[i] = &band->channels[i];
	return rdev->ops->scan(&rdev->wiphy, request);
}

int later(void)
{
	static const u8 ie[] = {48, 2, 1, 9};
	struct rdev *rdev = registered;

	report(trigger_scan(rdev));
	report(trigger_scan(rdev));
	report(rdev->done);
	report(rdev->ops->connect(&rdev->wiphy, rdev->found[1], ie, sizeof(ie)));
	report(rdev->found[1]->channel->max_power);
	for (int i = 0; i < rdev->n_found; i++)
		cfg80211_put_bss(&rdev->wiphy, rdev->found[i]);
	return rdev->n_found;
}
