// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct firmware {
	size_t size;
	const u8 *data;
};

int request_firmware_nowait(
	const char *name, void *context, void (*cont)(const struct firmware *fw, void *context));
void release_firmware(const struct firmware *fw);
void complete(struct completion *c);
unsigned long wait_for_completion_timeout(struct completion *c, unsigned long jiffies);
