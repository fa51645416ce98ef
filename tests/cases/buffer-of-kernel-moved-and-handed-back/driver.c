// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 *page;

static u8 *put(u8 *at, u32 value)
{
	*at++ = value >> 8;
	*at++ = value;
	return at;
}

static int x_init(void)
{
	u8 *at = page = page_take();
	at = put(at, 0x1234);
	at = put(at, 77);
	page_commit(at);
	report(page_sum());
	page[0] = 1;
	at = put(at, 5);
	page_commit(at);
	report(page_sum() + (page_take() == page) * 1000);
	return 0;
}

module_init(x_init);
