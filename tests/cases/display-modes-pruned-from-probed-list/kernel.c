// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kconnector *last;

struct kmode *kmode_create(u32 width, u32 height, u32 hertz)
{
	struct kmode *mode = kzalloc(sizeof *mode, 0);
	kernel_only();
	*mode = (struct kmode){NULL, width * height * hertz / 1000, width, height};
	return mode;
}

void kmode_probed_add(struct kconnector *c, struct kmode *mode)
{
	kernel_only();
	mode->next = c->probed;
	mode->status = KMODE_STALE;
	c->probed = mode;
}

int kconnector_fill(struct kconnector *c)
{
	int kept = 0;
	kernel_only();
	last = c;
	c->get_modes(c);
	while (c->probed) {
		struct kmode *mode = c->probed;
		c->probed = mode->next;
		mode->status = c->mode_valid(c, mode);
		if (mode->status == KMODE_OK) {
			mode->next = c->modes;
			c->modes = mode;
			kept = kept * 100 + mode->width;
		} else {
			c->pruned++;
			kfree(mode);
		}
	}
	return kept;
}

int later(void)
{
	int kept;
	kernel_only();
	last->modes = NULL;
	kept = kconnector_fill(last);
	return kept * 10000 + last->modes->height * 100 + last->pruned;
}
