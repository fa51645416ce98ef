// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct snd_kcontrol *controls;
static unsigned last_numid, notified;

struct snd_kcontrol *snd_ctl_new1(const struct snd_kcontrol_new *ncontrol, void *private_data)
{
	struct snd_kcontrol *kctl = kzalloc(sizeof(*kctl), 0);

	kernel_only();
	if (!kctl)
		return NULL;
	kctl->ops = *ncontrol;
	kctl->private_value = ncontrol->private_value;
	kctl->private_data = private_data;
	return kctl;
}

int snd_ctl_add(struct snd_kcontrol *kcontrol)
{
	kernel_only();
	kcontrol->numid = ++last_numid;
	kcontrol->next = controls;
	controls = kcontrol;
	return kcontrol->ops.name[0];
}

void snd_ctl_notify(unsigned mask, unsigned numid)
{
	kernel_only();
	notified = notified * 10 + mask + numid;
}

int later(void)
{
	struct snd_kcontrol *source = controls, *volume = controls->next;
	struct snd_ctl_elem_value value = {0};
	struct snd_ctl_elem_info info = {0};

	report(volume->ops.info(volume, &info));
	report(info.count * 100 + info.value.integer.max);
	report(volume->ops.get(volume, &value));
	report(value.value.integer[0] * 100 + value.value.integer[1]);
	value.value.integer[0] = 30;
	report(volume->ops.put(volume, &value));
	value.value.integer[1] = 41;
	report(volume->ops.put(volume, &value));
	volume->ops.get(volume, &value);
	report(value.value.integer[0] * 100 + value.value.integer[1]);
	memset(&info, 0, sizeof(info));
	info.value.enumerated.item = 1;
	report(source->ops.info(source, &info));
	report(info.value.enumerated.name[0]);
	value.value.enumerated[0] = 2;
	report(source->ops.put(source, &value));
	value.value.enumerated[0] = 0;
	source->ops.get(source, &value);
	report(value.value.enumerated[0]);
	return notified;
}
