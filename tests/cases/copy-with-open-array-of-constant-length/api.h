// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct msg {
	u32 len;
	u8 data[];
};

int ksend(struct msg *m);
