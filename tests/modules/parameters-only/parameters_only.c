// SPDX-License-Identifier: MIT
// Nothing but parameters: a number, a flag, and one that the module's own functions set and show.
#include <linux/module.h>
#include <linux/moduleparam.h>

static int number = 4;
module_param(number, int, 0644);
static bool flag;
module_param(flag, bool, 0644);
static unsigned int doubled;

static int set_doubled(const char *text, const struct kernel_param *param)
{
	unsigned int half;
	int error = kstrtouint(text, 0, &half);

	if (error)
		return error;
	if (half > 1000)
		return -ERANGE;
	doubled = 2 * half + (flag ? number : 0);
	return 0;
}

static int show_doubled(char *to, const struct kernel_param *param)
{
	return sysfs_emit(to, "%u\n", doubled);
}

static const struct kernel_param_ops doubled_ops = {
	.set = set_doubled,
	.get = show_doubled,
};
module_param_cb(doubled, &doubled_ops, NULL, 0644);

static int __init parameters_only_init(void)
{
	pr_info("ks_parameters: number %d\n", number);
	return 0;
}

static void __exit parameters_only_exit(void)
{
	pr_info("ks_parameters: number %d, doubled %u\n", number, doubled);
}

module_init(parameters_only_init);
module_exit(parameters_only_exit);
MODULE_LICENSE("Dual MIT/GPL");
