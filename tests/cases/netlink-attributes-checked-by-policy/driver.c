// SPDX-License-Identifier: MIT
#include <linux/api.h>

enum { X_MTU = 1, X_NAME, X_MAX = X_NAME };

static u32 mtu = 100, named;
static const struct knla_policy x_policy[X_MAX + 1] = {
	[X_MTU] = {4, 4},
	[X_NAME] = {2, 8},
};

static int x_doit(struct kgenl_info *info)
{
	struct knlattr *reply = knla_reserve(info, X_MTU, 4);
	if (info->attrs[X_MTU])
		mtu += *(u32 *)knla_data(info->attrs[X_MTU]);
	if (info->attrs[X_NAME])
		named += strlen(knla_data(info->attrs[X_NAME]));
	*(u32 *)knla_data(reply) = mtu * info->cmd + named;
	return reply->len;
}
static struct kgenl_family x_family = {X_MAX, x_policy, x_doit};

static int x_init(void)
{
	static const u32 set[] = {8 | X_MTU << 16, 1400}, wrong[] = {6 | X_MTU << 16, 9};
	kgenl_register(&x_family);
	report(kgenl_inject(2, set, 2));
	report(kgenl_inject(2, wrong, 2));
	report(x_family.rejected * 10000 + mtu);
	return 0;
}

module_init(x_init);
