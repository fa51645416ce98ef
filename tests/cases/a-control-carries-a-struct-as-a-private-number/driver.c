// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct mixer_control {
	int reg, rreg, shift, max;
};

struct codec {
	u16 regs[4];
	unsigned source;
	struct snd_kcontrol *source_ctl;
};

static int volume_info(struct snd_kcontrol *kcontrol, struct snd_ctl_elem_info *uinfo)
{
	struct mixer_control *mc = (struct mixer_control *)kcontrol->private_value;

	uinfo->type = 2;
	uinfo->count = mc->reg == mc->rreg ? 1 : 2;
	uinfo->value.integer.min = 0;
	uinfo->value.integer.max = mc->max;
	return 0;
}

static int volume_get(struct snd_kcontrol *kcontrol, struct snd_ctl_elem_value *ucontrol)
{
	struct mixer_control *mc = (struct mixer_control *)kcontrol->private_value;
	struct codec *codec = kcontrol->private_data;

	ucontrol->value.integer[0] = codec->regs[mc->reg] >> mc->shift & 0x3f;
	ucontrol->value.integer[1] = codec->regs[mc->rreg] >> mc->shift & 0x3f;
	return 0;
}

static int volume_put(struct snd_kcontrol *kcontrol, struct snd_ctl_elem_value *ucontrol)
{
	struct mixer_control *mc = (struct mixer_control *)kcontrol->private_value;
	struct codec *codec = kcontrol->private_data;
	u16 old = codec->regs[mc->reg];

	if (ucontrol->value.integer[0] > mc->max || ucontrol->value.integer[1] > mc->max)
		return -22;
	codec->regs[mc->reg] = ucontrol->value.integer[0] << mc->shift;
	codec->regs[mc->rreg] = ucontrol->value.integer[1] << mc->shift;
	return old != codec->regs[mc->reg];
}

static int source_info(struct snd_kcontrol *kcontrol, struct snd_ctl_elem_info *uinfo)
{
	static const char *const texts[] = {"Line", "Mic", "Aux"};

	uinfo->type = 3;
	uinfo->count = 1;
	uinfo->value.enumerated.items = 3;
	strscpy(uinfo->value.enumerated.name, texts[uinfo->value.enumerated.item % 3], 16);
	return 0;
}

static int source_get(struct snd_kcontrol *kcontrol, struct snd_ctl_elem_value *ucontrol)
{
	struct codec *codec = kcontrol->private_data;

	ucontrol->value.enumerated[0] = codec->source;
	return 0;
}

static int source_put(struct snd_kcontrol *kcontrol, struct snd_ctl_elem_value *ucontrol)
{
	struct codec *codec = kcontrol->private_data;

	codec->source = ucontrol->value.enumerated[0];
	snd_ctl_notify(1, codec->source_ctl->numid);
	return 1;
}

static struct mixer_control master = {1, 2, 3, 40};
static const struct snd_kcontrol_new controls[] = {
	{"Master Volume", volume_info, volume_get, volume_put, (unsigned long)&master},
	{"Capture Source", source_info, source_get, source_put, 0},
};

static int codec_probe(void)
{
	struct codec *codec = kzalloc(sizeof(*codec), 0);
	struct snd_kcontrol *kctl;

	codec->regs[1] = 7 << 3;
	codec->regs[2] = 9 << 3;
	for (int i = 0; i < 2; i++) {
		kctl = snd_ctl_new1(&controls[i], codec);
		if (!kctl)
			return -12;
		report(snd_ctl_add(kctl));
		report(kctl->numid);
	}
	codec->source_ctl = kctl;
	return 0;
}

module_init(codec_probe);
