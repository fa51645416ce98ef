// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct khw;
struct kvif;
struct ksta;
struct kkey;

struct krate {
	signed char idx;
	u8 count : 5, flags : 3;
};

struct ktx_info {
	u32 flags;
	u8 band : 3, hw_queue : 5;

	union {
		struct {
			struct krate rates[2];
			struct kvif *vif;
			struct kkey *key;
		} control;

		struct {
			struct krate rates[2];
			int ack_signal;
			u8 ampdu_len;
			void *driver_data[1];
		} status;
	};
};

struct kframe {
	struct kframe *next;
	u8 *data;
	u32 len;
	struct ktx_info info;
};

struct krx_status {
	u64 mactime;
	u16 freq;
	signed char signal, chains[2];
	u8 rate_idx;
};

struct kkey {
	u32 cipher;
	u8 hw_key_idx, keyidx, keylen;
	u8 key[];
};

struct kchannel {
	u16 center_freq, hw_value;
	u32 flags;
	int max_power;
};

struct kband {
	struct kchannel *channels;
	const u16 *bitrates;
	int nchannels, nbitrates;
};

struct kbss_conf {
	u8 bssid[6];
	_Bool assoc, short_slot;
	u16 aid, beacon_int;
	u32 basic_rates;
};

struct kvif {
	u32 type;
	u8 addr[6];
	struct kbss_conf bss;
	u32 driver_flags;
	u8 drv_priv[] __attribute__((aligned(8)));
};

struct ksta {
	u8 addr[6];
	u16 aid;
	u32 supp_rates[2];
	_Bool wme;
	u8 drv_priv[] __attribute__((aligned(8)));
};

struct khw_ops {
	void (*tx)(struct khw *hw, struct ksta *sta, struct kframe *f);
	int (*start)(struct khw *hw);
	void (*stop)(struct khw *hw);
	int (*add_interface)(struct khw *hw, struct kvif *vif);
	void (*remove_interface)(struct khw *hw, struct kvif *vif);
	int (*config)(struct khw *hw, u32 changed);
	void (*bss_changed)(struct khw *hw, struct kvif *vif, struct kbss_conf *c, u64 changed);
	int (*sta_state)(struct khw *hw, struct kvif *vif, struct ksta *sta, int old, int new);
	int (*set_key)(struct khw *hw, int cmd, struct kvif *vif, struct ksta *sta, struct kkey *key);
	int (*conf_tx)(struct khw *hw, struct kvif *vif, u16 ac, const u16 *params);
};

struct khw {
	const struct khw_ops *ops;
	struct kchannel *channel;
	int power_level;
	struct kband *bands[2];
	u32 vif_data_size, sta_data_size, queues, flags;
	u8 perm_addr[6];
	void *priv;
};

struct khw *khw_alloc(size_t priv, const struct khw_ops *ops);
int khw_register(struct khw *hw);
void khw_free(struct khw *hw);
void krx(struct khw *hw, struct krx_status *status, const u8 *data, u32 len);
void ktx_status(struct khw *hw, struct kframe *f);
void kiterate_vifs(struct khw *hw, void (*fn)(void *data, u8 *mac, struct kvif *vif), void *data);
struct ksta *kfind_sta(struct kvif *vif, const u8 *addr);
void kdelayed(struct khw *hw, void (*work)(struct khw *hw), void (*unbind)(struct khw *hw));
