// SPDX-License-Identifier: MIT
#include <linux/api.h>

u32 x_timeout = 60, x_margin;

const struct kernel_param x_params[] = {
	{"timeout", param_set_uint, &x_timeout}, {"margin", param_set_uint, &x_margin}, {}};
