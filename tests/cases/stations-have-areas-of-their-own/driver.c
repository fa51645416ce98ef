// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_vif {
	u32 index, slot;
	u16 acs[2][3];
	struct ksta *ap;
};

struct x_sta {
	u32 tid_frames[2], state;
	u8 wcid;
	struct x_vif *vif;
};

struct x_priv {
	struct khw *hw;
	struct kframe *pending, **tail;
	u32 vifs, sent, filter, keys[4];
	u8 next_wcid;
	struct kband band;
	struct kchannel channels[3];
};

static const u16 rates[] = {10, 20, 55, 110};
static const struct kchannel channels[] = {{2412, 1, 0, 20}, {2437, 6, 0, 20}, {2462, 11, 2, 15}};

static void tx(struct khw *hw, struct ksta *sta, struct kframe *f)
{
	struct x_priv *p = hw->priv;
	struct kvif *vif = f->info.control.vif;
	struct x_vif *xv = (struct x_vif *)vif->drv_priv;
	u32 power = f->info.control.rates[0].idx;

	f->data[0] = xv->index << 4 | (sta ? ((struct x_sta *)sta->drv_priv)->wcid : 15);
	if (f->info.control.key) {
		struct kkey *key = f->info.control.key;

		for (u32 i = 1; i < f->len; i++)
			f->data[i] ^= key->key[i % key->keylen] + p->keys[key->hw_key_idx];
	}
	if (sta)
		((struct x_sta *)sta->drv_priv)->tid_frames[f->info.hw_queue & 1]++;
	f->data[1] += power;
	f->next = NULL;
	*p->tail = f;
	p->tail = &f->next;
}

static int x_start(struct khw *hw)
{
	struct x_priv *p = hw->priv;

	p->tail = &p->pending;
	return 0;
}

static void flush(struct khw *hw)
{
	struct x_priv *p = hw->priv;

	while (p->pending) {
		struct kframe *f = p->pending;
		struct krate used[2] = {f->info.control.rates[0], f->info.control.rates[1]};

		p->pending = f->next;
		f->next = NULL;
		used[0].count = 1 + f->len % 3;
		used[1].idx = -1;
		memset(&f->info.status, 0, sizeof(f->info.status));
		f->info.status.rates[0] = used[0];
		f->info.status.rates[1] = used[1];
		f->info.status.ack_signal = -40 - (int)f->len;
		f->info.status.ampdu_len = ++p->sent;
		f->info.flags |= f->info.flags & 1 ? 0 : 4;
		ktx_status(hw, f);
	}
	p->tail = &p->pending;
}

static void x_stop(struct khw *hw)
{
	flush(hw);
}

static int add_interface(struct khw *hw, struct kvif *vif)
{
	struct x_priv *p = hw->priv;
	struct x_vif *xv = (struct x_vif *)vif->drv_priv;

	if (p->vifs == 3)
		return -105;
	xv->index = p->vifs & 1 ? 1 : 0;
	p->vifs |= 1 << xv->index;
	vif->driver_flags |= 2;
	return xv->index;
}

static void remove_interface(struct khw *hw, struct kvif *vif)
{
	struct x_priv *p = hw->priv;
	struct x_vif *xv = (struct x_vif *)vif->drv_priv;

	report(xv->slot * 1000 + xv->acs[0][1] * 10 + !!xv->ap);
	p->vifs &= ~(1 << xv->index);
}

static int x_config(struct khw *hw, u32 changed)
{
	struct x_priv *p = hw->priv;

	if (changed & 1)
		p->filter = hw->channel->hw_value * 100 + hw->channel->flags;
	if (changed & 2 && hw->power_level > hw->channel->max_power)
		hw->power_level = hw->channel->max_power;
	return p->filter;
}

static void bss_changed(struct khw *hw, struct kvif *vif, struct kbss_conf *c, u64 changed)
{
	struct x_vif *xv = (struct x_vif *)vif->drv_priv;

	if (changed & 1) {
		xv->ap = c->assoc ? kfind_sta(vif, c->bssid) : NULL;
		report(xv->ap ? xv->ap->aid + c->aid : -1);
	}
	if (changed & 4)
		xv->slot = c->short_slot ? 9 : 20;
	if (changed & 0x100)
		report(c->basic_rates * 1000 + c->beacon_int);
}

static int sta_state(struct khw *hw, struct kvif *vif, struct ksta *sta, int old, int new)
{
	struct x_priv *p = hw->priv;
	struct x_sta *xs = (struct x_sta *)sta->drv_priv;

	if (!old && new) {
		if (p->next_wcid == 3)
			return -28;
		xs->wcid = ++p->next_wcid;
		xs->vif = (struct x_vif *)vif->drv_priv;
	} else if (!new) {
		report(xs->tid_frames[0] * 100 + xs->tid_frames[1] * 10 + xs->vif->index);
		if (xs->vif->ap == sta)
			xs->vif->ap = NULL;
	}
	xs->state = xs->state * 10 + new;
	return xs->state;
}

static int set_key(struct khw *hw, int cmd, struct kvif *vif, struct ksta *sta, struct kkey *key)
{
	struct x_priv *p = hw->priv;

	if (key->cipher != 4)
		return -95;
	if (cmd) {
		key->hw_key_idx = (sta ? ((struct x_sta *)sta->drv_priv)->wcid : 0) + key->keyidx;
		p->keys[key->hw_key_idx] = key->keylen;
	} else {
		p->keys[key->hw_key_idx] = 0;
	}
	return 0;
}

static int conf_tx(struct khw *hw, struct kvif *vif, u16 ac, const u16 *params)
{
	struct x_vif *xv = (struct x_vif *)vif->drv_priv;

	if (ac >= hw->queues)
		return -22;
	for (int i = 0; i < 3; i++)
		xv->acs[ac][i] = params[i] + i;
	return 0;
}

static void collect(void *data, u8 *mac, struct kvif *vif)
{
	u32 *sum = data;

	*sum = *sum * 10 + ((struct x_vif *)vif->drv_priv)->index + mac[5];
}

static void work(struct khw *hw)
{
	struct x_priv *p = hw->priv;
	struct krx_status status = {.mactime = p->sent * 1000, .signal = -50, .chains = {-51, -60}};
	u8 frame[14] = {0x80};
	u32 sum = 0;

	flush(hw);
	kiterate_vifs(hw, collect, &sum);
	report(sum);
	status.freq = hw->channel->center_freq;
	status.rate_idx = p->band.nbitrates - 1;
	for (int i = 1; i < 14; i++)
		frame[i] = p->sent * i;
	krx(hw, &status, frame, sizeof(frame));
	report(status.mactime);
}

static void unbind(struct khw *hw)
{
	struct x_priv *p = hw->priv;

	report(p->vifs * 100 + p->next_wcid);
	khw_free(hw);
}

static const struct khw_ops ops = {tx, x_start, x_stop, add_interface, remove_interface, x_config,
	bss_changed, sta_state, set_key, conf_tx};

static int x_init(void)
{
	struct khw *hw = khw_alloc(sizeof(struct x_priv), &ops);
	struct x_priv *p;

	if (!hw)
		return -12;
	p = hw->priv;
	p->hw = hw;
	for (int i = 0; i < 3; i++)
		p->channels[i] = channels[i];
	p->band = (struct kband){p->channels, rates, 3, 4};
	hw->bands[0] = &p->band;
	hw->vif_data_size = sizeof(struct x_vif);
	hw->sta_data_size = sizeof(struct x_sta);
	hw->queues = 2;
	hw->perm_addr[0] = 2;
	hw->perm_addr[5] = 9;
	kdelayed(hw, work, unbind);
	return khw_register(hw);
}

module_init(x_init);
