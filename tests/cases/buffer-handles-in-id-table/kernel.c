// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int (*file_ioctl)(struct drm_file *file, u32 cmd, u32 *arg);
static void (*free_object)(struct drm_gem_object *obj);
static struct drm_file files[2];

void drm_gem_handle_create(struct drm_file *file, struct drm_gem_object *obj, u32 *handle)
{
	kernel_only();
	obj->refcount++;
	file->slot[file->next] = obj;
	*handle = ++file->next;
}

struct drm_gem_object *drm_gem_object_lookup(struct drm_file *file, u32 handle)
{
	struct drm_gem_object *obj = handle && handle <= 4 ? file->slot[handle - 1] : NULL;
	kernel_only();
	if (obj)
		obj->refcount++;
	return obj;
}

void drm_gem_object_put(struct drm_gem_object *obj)
{
	kernel_only();
	if (!--obj->refcount)
		free_object(obj);
}

int drm_dev_register(int (*ioctl)(struct drm_file *file, u32 cmd, u32 *arg),
	void (*gem_free)(struct drm_gem_object *obj))
{
	u32 arg[3] = {0, 40, 3};
	int sum = 0;
	kernel_only();
	file_ioctl = ioctl;
	free_object = gem_free;
	for (u32 i = 0; i < 6; i++)
		sum = sum * 2 + file_ioctl(&files[i / 4], 0, arg);
	return sum;
}

int later(void)
{
	struct drm_gem_object *obj = files[0].slot[1];
	u32 arg[3] = {2};
	int sum;
	kernel_only();
	file_ioctl(&files[0], 1, arg);
	sum = arg[1] * 10 + arg[2];
	files[0].slot[1] = NULL;
	drm_gem_object_put(obj);
	sum -= file_ioctl(&files[0], 1, arg) * 1000;
	arg[0] = 1;
	return sum * 10 + file_ioctl(&files[1], 1, arg);
}
