// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct codec {
	u16 *cache;
	u32 ncache;
	u8 *status;
	void *priv;
	int id;
};

struct codec_ops {
	int (*sync)(struct codec *c, u32 from, u32 n);
	u32 (*sum)(struct codec *c);
};

struct codec *codec_alloc(u32 priv);
int codec_add(struct codec *c, const struct codec_ops *ops);
void codec_free(struct codec *c);
