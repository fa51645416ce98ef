// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct codec {
	void (*setup)(u8 *window, u8 *ring, u32 n);
	int (*step)(u32 at);
};

void codec_add(const struct codec *c);
