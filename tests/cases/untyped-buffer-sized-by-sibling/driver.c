// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_init(void)
{
	u8 bytes[6] = {1, 2, 3, 4, 5, 6};
	struct xfer x = {bytes, 6, 0};
	report(kxfer(&x));
	report(bytes[0] * 10 + bytes[5]);
	return 0;
}

module_init(x_init);
