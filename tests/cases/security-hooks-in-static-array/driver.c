// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_label {
	u32 level, opens;
};

static int x_offset;

static int x_file_open(struct kfile *file)
{
	struct x_label *label = (struct x_label *)(file->cred->security + x_offset);
	label->opens++;
	file->audit = label->level * 10 + label->opens;
	return file->mode > label->level ? -13 : 0;
}

static int x_setuid(struct kcred *cred, u32 uid)
{
	struct x_label *label = (struct x_label *)(cred->security + x_offset);
	label->level = uid ? 1 : 7;
	return cred->uid != uid;
}
static struct khook x_hooks[] = {KHOOK(file_open, x_file_open), KHOOK(setuid, x_setuid)};

static int x_init(void)
{
	x_offset = kreserve_blob(sizeof(struct x_label));
	khooks_add(x_hooks, 2);
	report(kopen(1000, 2));
	report(kopen(0, 2));
	report(kopen(1000, 1));
	return 0;
}

module_init(x_init);
