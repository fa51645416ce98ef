// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct stream {
	u8 *samples;
	u32 filled, room;
};

int stream_register(struct stream *s);
