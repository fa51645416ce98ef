// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum fw_err { FW_OK, FW_BUSY, FW_INVALID, FW_HW };

struct fw_upload {
	void *dd_handle;
	void *priv;
};

struct fw_upload_ops {
	enum fw_err (*prepare)(struct fw_upload *fw, const u8 *data, u32 size);
	enum fw_err (*write)(
		struct fw_upload *fw, const u8 *data, u32 offset, u32 size, u32 *written);
	enum fw_err (*poll)(struct fw_upload *fw);
	void (*cleanup)(struct fw_upload *fw);
};

struct fw_upload *fw_register(const char *name, const struct fw_upload_ops *ops, void *handle);
