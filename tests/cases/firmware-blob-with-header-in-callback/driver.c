// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_header {
	u8 magic[2];
	u8 version, sections;
} __attribute__((packed));

struct x_section {
	u8 type;
	u16 length;
	u8 body[];
} __attribute__((packed));

struct x_dev {
	struct completion loaded;
	u8 ram[32];
	u32 used, entry;
	int error;
};

static int x_parse(struct x_dev *x, const struct firmware *fw)
{
	const struct x_header *h = (const void *)fw->data;
	size_t at = sizeof *h;
	if (fw->size < sizeof *h || h->magic[0] != 'X' || h->magic[1] != 'F')
		return -22;
	for (u32 n = 0; n < h->sections; n++) {
		const struct x_section *s = (const void *)(fw->data + at);
		at += sizeof *s + s->length;
		if (at > fw->size)
			return -90;
		if (s->type == 1) {
			memcpy(x->ram + x->used, s->body, s->length);
			x->used += s->length;
		} else {
			x->entry = s->body[0] + h->version * 100;
		}
	}
	return 0;
}

static void x_loaded(const struct firmware *fw, void *context)
{
	struct x_dev *x = context;
	x->error = fw ? x_parse(x, fw) : -2;
	release_firmware(fw);
	complete(&x->loaded);
}

static int x_init(void)
{
	struct x_dev *x = kzalloc(sizeof *x, 0);
	report(request_firmware_nowait("x.bin", x, x_loaded));
	report(wait_for_completion_timeout(&x->loaded, 50));
	report(x->error * 1000 + x->used * 100 + x->ram[4]);
	report(x->entry);
	return 0;
}
module_init(x_init);
