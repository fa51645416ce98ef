// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct ktarget_type *type;
static struct ktarget target;

int kdevice_get(struct ktarget *ti, const char *path, u32 *device)
{
	kernel_only();
	ti->length = 16 + path[2] - 'a';
	*device = path[2];
	return path[0] != 's';
}

int ktable_load(const struct ktarget_type *t, const char *line)
{
	char words[32], *argv[4];
	u32 argc = 0, length = strlen(line);
	kernel_only();
	type = t;
	memcpy(words, line, length + 1);
	for (u32 i = 0; i < length; i++) {
		if (!i || !words[i - 1])
			argv[argc++] = &words[i];
		if (words[i] == ' ')
			words[i] = 0;
	}
	target = (struct ktarget){20, 0, NULL, NULL, argc * 10};
	if (type->ctr(&target, argc, argv))
		return -(int)strlen(target.error);
	return target.num_flush;
}

int ktable_submit(u64 sector)
{
	struct kbio bio = {sector};
	int count = type->map(&target, &bio);
	kernel_only();
	return bio.device * 10000 + bio.sector * 10 + count;
}

int later(void)
{
	target.begin += 4;
	return ktable_submit(24);
}
