// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_bo {
	struct drm_gem_object base;
	u32 tiling;
};

static u32 x_freed;

static int x_ioctl(struct drm_file *file, u32 cmd, u32 *arg)
{
	struct drm_gem_object *obj;
	struct x_bo *bo;
	if (cmd == 0) {
		bo = kzalloc(sizeof *bo, 0);
		*bo = (struct x_bo){{1, arg[1]}, arg[2]};
		drm_gem_handle_create(file, &bo->base, &arg[0]);
		drm_gem_object_put(&bo->base);
		return arg[0] + arg[1]++;
	}
	obj = drm_gem_object_lookup(file, arg[0]);
	if (!obj)
		return -2;
	bo = container_of(obj, struct x_bo, base);
	arg[1] = obj->size + obj->refcount;
	arg[2] = bo->tiling++;
	drm_gem_object_put(obj);
	return x_freed;
}

static void x_free(struct drm_gem_object *obj)
{
	x_freed += container_of(obj, struct x_bo, base)->tiling * 1000 + obj->size;
	kfree(container_of(obj, struct x_bo, base));
}

static int x_init(void)
{
	report(drm_dev_register(x_ioctl, x_free));
	return 0;
}
module_init(x_init);
