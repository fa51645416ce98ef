// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct snd_kcontrol;

struct snd_ctl_elem_info {
	int type;
	unsigned count;
	union {
		struct {
			long min;
			long max;
		} integer;
		struct {
			unsigned items;
			unsigned item;
			char name[16];
		} enumerated;
	} value;
};

struct snd_ctl_elem_value {
	unsigned numid;
	union {
		long integer[8];
		unsigned enumerated[8];
	} value;
};

struct snd_kcontrol_new {
	const char *name;
	int (*info)(struct snd_kcontrol *kcontrol, struct snd_ctl_elem_info *uinfo);
	int (*get)(struct snd_kcontrol *kcontrol, struct snd_ctl_elem_value *ucontrol);
	int (*put)(struct snd_kcontrol *kcontrol, struct snd_ctl_elem_value *ucontrol);
	unsigned long private_value;
};

struct snd_kcontrol {
	struct snd_kcontrol *next;
	unsigned numid;
	struct snd_kcontrol_new ops;
	unsigned long private_value;
	void *private_data;
};

struct snd_kcontrol *snd_ctl_new1(const struct snd_kcontrol_new *ncontrol, void *private_data);
int snd_ctl_add(struct snd_kcontrol *kcontrol);
void snd_ctl_notify(unsigned mask, unsigned numid);
long strscpy(char *to, const char *from, size_t size);
