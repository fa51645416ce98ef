// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define CHUNK 16

struct x_image {
	u32 magic;
	u16 sum;
	u8 major, minor;
};

struct x_fw {
	struct x_image head;
	u8 flash[64];
	u16 sum;
	u32 calls, cleanups;
};

static enum fw_err x_prepare(struct fw_upload *fw, const u8 *data, u32 size)
{
	struct x_fw *x = fw->dd_handle;

	if (size < sizeof(x->head) || size > sizeof(x->flash))
		return FW_INVALID;
	memcpy(&x->head, data, sizeof(x->head));
	if (x->head.magic != 0x46574d58)
		return FW_INVALID;
	x->sum = 0;
	x->calls = 0;
	report(x->head.major * 10 + x->head.minor);
	return FW_OK;
}

static enum fw_err x_write(struct fw_upload *fw, const u8 *data, u32 offset, u32 size, u32 *written)
{
	struct x_fw *x = fw->dd_handle;
	u32 n = size < CHUNK ? size : CHUNK;

	if (++x->calls == 2) {
		*written = 0;
		return FW_OK;
	}
	memcpy(x->flash + offset, data + offset, n);
	for (u32 i = 0; i < n; i++)
		if (offset + i >= sizeof(x->head))
			x->sum += data[offset + i] * (offset + i);
	*written = n;
	return FW_OK;
}

static enum fw_err x_poll(struct fw_upload *fw)
{
	struct x_fw *x = fw->dd_handle;

	return x->sum == x->head.sum ? FW_OK : FW_HW;
}

static void x_cleanup(struct fw_upload *fw)
{
	struct x_fw *x = fw->dd_handle;

	x->cleanups++;
	report(x->flash[9] * 100 + x->cleanups);
}

static const struct fw_upload_ops ops = {x_prepare, x_write, x_poll, x_cleanup};

static int x_init(void)
{
	struct x_fw *x = kzalloc(sizeof(*x), 0);
	struct fw_upload *fw = fw_register("x-fw", &ops, x);

	return fw && fw->dd_handle == x ? 0 : -12;
}

module_init(x_init);
