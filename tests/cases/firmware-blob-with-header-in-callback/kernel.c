// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const u8 image[] = {'X', 'F', 3, 3, 1, 3, 0, 10, 20, 30, 2, 1, 0, 77, 1, 2, 0, 40, 50};
static void (*continuation)(const struct firmware *fw, void *context);
static void *continuation_data;

int request_firmware_nowait(
	const char *name, void *context, void (*cont)(const struct firmware *fw, void *context))
{
	kernel_only();
	continuation = cont;
	continuation_data = context;
	return name[0];
}

void release_firmware(const struct firmware *fw)
{
	kernel_only();
	kfree(fw->data);
	kfree(fw);
}

void complete(struct completion *c)
{
	kernel_only();
	c->done++;
}

unsigned long wait_for_completion_timeout(struct completion *c, unsigned long jiffies)
{
	struct firmware *fw = kzalloc(sizeof(*fw), 0);
	u8 *data = kmalloc(sizeof(image), 0);
	kernel_only();
	memcpy(data, image, sizeof(image));
	*fw = (struct firmware){sizeof(image), data};
	for (; jiffies && !c->done; jiffies--)
		if (jiffies == 30)
			continuation(fw, continuation_data);
	return jiffies;
}
