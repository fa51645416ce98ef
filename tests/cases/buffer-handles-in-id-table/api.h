// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct drm_gem_object {
	u32 refcount, size;
};

struct drm_file {
	void *slot[4];
	u32 next;
};

int drm_dev_register(int (*ioctl)(struct drm_file *file, u32 cmd, u32 *arg),
	void (*gem_free)(struct drm_gem_object *obj));
void drm_gem_handle_create(struct drm_file *file, struct drm_gem_object *obj, u32 *handle);
struct drm_gem_object *drm_gem_object_lookup(struct drm_file *file, u32 handle);
void drm_gem_object_put(struct drm_gem_object *obj);
