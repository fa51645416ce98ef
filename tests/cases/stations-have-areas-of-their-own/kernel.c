// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct khw *the;
static struct kvif *vifs[3];
static struct ksta *stas[4];
static void (*work_function)(struct khw *hw);
static void (*unbind_function)(struct khw *hw);
static u32 reported;

struct khw *khw_alloc(size_t priv, const struct khw_ops *ops)
{
	struct khw *hw = kzalloc(sizeof(*hw), 0);

	kernel_only();
	hw->priv = kzalloc(priv, 0);
	hw->ops = ops;
	return hw;
}

int khw_register(struct khw *hw)
{
	const struct kband *b = hw->bands[0];

	kernel_only();
	the = hw;
	hw->channel = &b->channels[0];
	for (int i = 0; i < b->nchannels; i++)
		report(b->channels[i].center_freq + b->channels[i].flags * 10000);
	report(b->bitrates[b->nbitrates - 1] + hw->perm_addr[5]);
	return hw->ops->start(hw);
}

void khw_free(struct khw *hw)
{
	kernel_only();
	kfree(hw->priv);
	kfree(hw);
}

void krx(struct khw *hw, struct krx_status *status, const u8 *data, u32 len)
{
	long sum = 0;

	kernel_only();
	for (u32 i = 0; i < len; i++)
		sum = (sum * 31 + data[i]) % 1000003;
	report(sum);
	report(status->freq * 1000 - status->signal - status->chains[1] + status->rate_idx);
	status->mactime += len;
}

void ktx_status(struct khw *hw, struct kframe *f)
{
	const struct ktx_info *i = &f->info;
	long sum = 0;

	kernel_only();
	for (u32 k = 0; k < f->len; k++)
		sum = (sum * 31 + f->data[k]) % 1000003;
	report(sum);
	report(i->status.rates[0].idx * 1000 + i->status.rates[0].count * 100 + i->status.rates[1].idx);
	report(i->status.ampdu_len * 1000 - i->status.ack_signal + i->flags * 100000 + i->hw_queue);
	reported++;
	kfree(f->data);
	kfree(f);
}

void kiterate_vifs(struct khw *hw, void (*fn)(void *data, u8 *mac, struct kvif *vif), void *data)
{
	kernel_only();
	for (int i = 0; i < 3; i++)
		if (vifs[i] && vifs[i]->driver_flags & 2)
			fn(data, vifs[i]->addr, vifs[i]);
}

struct ksta *kfind_sta(struct kvif *vif, const u8 *addr)
{
	kernel_only();
	for (int i = 0; i < 4; i++)
		if (stas[i] && stas[i]->addr[5] == addr[5])
			return stas[i];
	return NULL;
}

void kdelayed(struct khw *hw, void (*work)(struct khw *hw), void (*unbind)(struct khw *hw))
{
	kernel_only();
	work_function = work;
	unbind_function = unbind;
}

static void send(int vif, int sta, u32 len, struct kkey *key, u8 queue)
{
	struct kframe *f = kzalloc(sizeof(*f), 0);

	f->len = len;
	f->data = kzalloc(len, 0);
	for (u32 i = 0; i < len; i++)
		f->data[i] = i * 4 + vif;
	f->info.hw_queue = queue;
	f->info.flags = queue == 1;
	f->info.control.rates[0] = (struct krate){3 - queue, 2, 1};
	f->info.control.rates[1] = (struct krate){1, 4, 0};
	f->info.control.vif = vifs[vif];
	f->info.control.key = key;
	the->ops->tx(the, sta < 0 ? NULL : stas[sta], f);
}

int later(void)
{
	const struct khw_ops *ops = the->ops;
	struct kkey *key = kzalloc(sizeof(*key) + 5, 0);
	u16 params[3] = {15, 1023, 2};

	for (int i = 0; i < 3; i++) {
		vifs[i] = kzalloc(sizeof(*vifs[i]) + the->vif_data_size, 0);
		vifs[i]->addr[5] = i + 3;
		report(ops->add_interface(the, vifs[i]));
	}
	for (int i = 0; i < 4; i++) {
		stas[i] = kzalloc(sizeof(*stas[i]) + the->sta_data_size, 0);
		stas[i]->addr[5] = 40 + i;
		stas[i]->aid = 10 + i;
		for (int s = 0; s < 3; s++)
			report(ops->sta_state(the, vifs[i % 2], stas[i], s, s + 1));
	}
	the->channel = &the->bands[0]->channels[2];
	the->power_level = 18;
	report(ops->config(the, 3) + the->power_level);
	vifs[0]->bss = (struct kbss_conf){{0, 0, 0, 0, 0, 42}, 1, 1, 500, 100, 15};
	ops->bss_changed(the, vifs[0], &vifs[0]->bss, 0x105);
	vifs[1]->bss.bssid[5] = 99;
	vifs[1]->bss.assoc = 1;
	ops->bss_changed(the, vifs[1], &vifs[1]->bss, 5);
	report(ops->conf_tx(the, vifs[1], 0, params));
	report(ops->conf_tx(the, vifs[1], 2, params));
	key->keylen = 5;
	key->keyidx = 1;
	for (int i = 0; i < 5; i++)
		key->key[i] = 3 * i + 1;
	report(ops->set_key(the, 1, vifs[0], stas[1], key));
	key->cipher = 4;
	report(ops->set_key(the, 1, vifs[0], stas[1], key) * 10 + key->hw_key_idx);
	send(0, -1, 9, NULL, 0);
	send(0, 2, 14, NULL, 1);
	send(1, 1, 11, key, 2);
	work_function(the);
	report(ops->set_key(the, 0, vifs[0], stas[1], key));
	send(1, 1, 11, key, 3);
	ops->stop(the);
	work_function(the);
	for (int i = 0; i < 4; i++) {
		if (i < 3)
			report(ops->sta_state(the, vifs[i % 2], stas[i], 3, 0));
		kfree(stas[i]);
		stas[i] = NULL;
	}
	for (int i = 0; i < 3; i++) {
		if (i < 2)
			ops->remove_interface(the, vifs[i]);
		kfree(vifs[i]);
		vifs[i] = NULL;
	}
	kfree(key);
	unbind_function(the);
	return reported;
}
