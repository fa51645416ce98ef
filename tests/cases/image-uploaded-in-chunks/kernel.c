// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct fw_upload *upload;
static const struct fw_upload_ops *upload_ops;

struct fw_upload *fw_register(const char *name, const struct fw_upload_ops *ops, void *handle)
{
	kernel_only();
	report(name[2]);
	upload = kzalloc(sizeof(*upload), 0);
	upload->dd_handle = handle;
	upload_ops = ops;
	return upload;
}

static int load(const u8 *image, u32 size)
{
	u8 *data = kmalloc(size, 0);
	u32 offset = 0, written = 0, rounds = 0;
	int status;

	memcpy(data, image, size);
	status = upload_ops->prepare(upload, data, size);
	while (!status && offset < size && rounds++ < 20) {
		status = upload_ops->write(upload, data, offset, size - offset, &written);
		offset += written;
	}
	if (!status)
		status = upload_ops->poll(upload);
	upload_ops->cleanup(upload);
	kfree(data);
	return status * 1000 + rounds * 10 + (offset == size);
}

int later(void)
{
	u8 image[40] = {0x58, 0x4d, 0x57, 0x46, 0, 0, 3, 7};
	u16 sum = 0;

	for (int i = 8; i < 40; i++) {
		image[i] = i * 3;
		sum += image[i] * i;
	}
	image[4] = sum;
	image[5] = sum >> 8;
	report(load(image, 40));
	image[20]++;
	report(load(image, 40));
	image[0] = 0;
	report(load(image, 12));
	report(load(image, 5));
	return 0;
}
