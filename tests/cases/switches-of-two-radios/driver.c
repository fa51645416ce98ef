// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_radio {
	struct radio *radio;
	u8 mask;
	u32 changes;
};

static struct {
	u8 power, button;
	struct x_radio radios[3];
} x = {.button = 4};

static int x_block(void *data, _Bool blocked)
{
	struct x_radio *r = data;

	if (!blocked && x.button & r->mask)
		return -1;
	if (blocked)
		x.power &= ~r->mask;
	else
		x.power |= r->mask;
	r->changes++;
	return 0;
}

static void x_query(struct radio *radio, void *data)
{
	struct x_radio *r = data;

	x.button ^= r->mask;
	report(radio_set_hw_state(radio, (x.button & r->mask) != 0));
}

static const struct radio_ops ops = {x_block, x_query};

static int x_add(int i, const char *name, enum radio_type type)
{
	struct x_radio *r = &x.radios[i];

	r->mask = 1 << i;
	r->radio = radio_alloc(name, type, &ops, r);
	if (!r->radio)
		return -12;
	radio_set_hw_state(r->radio, (x.button & r->mask) != 0);
	if (radio_register(r->radio)) {
		radio_destroy(r->radio);
		r->radio = NULL;
		return -5;
	}
	report(r->radio->idx * 1000 + r->radio->state * 10 + r->radio->name[2]);
	return 0;
}

static int x_init(void)
{
	report(x_add(0, "x-wlan", RADIO_WLAN));
	report(x_add(1, "", RADIO_WLAN));
	report(x_add(2, "x-bt", RADIO_BT));
	report(x.power);
	report(x.radios[1].radio == NULL);
	return 0;
}

module_init(x_init);
