// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct tee_device {
	const struct tee_desc *desc;
	void *driver_data;
};
static struct tee_context context;

struct tee_device *tee_device_alloc(const struct tee_desc *desc, void *driver_data)
{
	struct tee_device *teedev = kzalloc(sizeof(*teedev), 0);
	kernel_only();
	*teedev = (struct tee_device){desc, driver_data};
	return teedev;
}

void *tee_get_drvdata(struct tee_device *teedev)
{
	kernel_only();
	return teedev->driver_data;
}

void *tee_shm_get_va(struct tee_shm *shm, size_t offs)
{
	kernel_only();
	return offs < shm->size ? shm->kaddr + offs : NULL;
}

int tee_device_register(struct tee_device *teedev)
{
	struct tee_arg arg = {0};
	kernel_only();
	context.teedev = teedev;
	teedev->desc->ops->open(&context);
	teedev->desc->ops->open_session(&context, &arg, NULL);
	teedev->desc->ops->open_session(&context, &arg, NULL);
	return teedev->desc->name[0] * 10 + arg.session;
}

int later(void)
{
	static u32 memory[8] = {[2] = 100 | 20 << 8 | 3 << 16};
	static struct tee_shm shm = {&context, (u8 *)memory, 32, 1};
	const struct tee_driver_ops *ops = context.teedev->desc->ops;
	struct tee_param *param = kzalloc(4 * sizeof(*param), 0);
	struct tee_arg arg = {.func = 7, .session = 1, .num_params = 4};
	param[0] = (struct tee_param){TEE_VALUE_INOUT, {.value = {100000, 30000, 0}}};
	param[1] = (struct tee_param){TEE_MEMREF_INPUT, {.memref = {8, 3, &shm}}};
	param[2].attr = TEE_VALUE_OUTPUT;
	param[3] = (struct tee_param){TEE_MEMREF_OUTPUT, {.memref = {0, 16, &shm}}};
	report(ops->invoke_func(&context, &arg, param));
	report(param[0].u.value.c * 1000000 + param[2].u.value.c + arg.ret);
	report(memory[0] * 100l + param[3].u.memref.size);
	arg.session = 9;
	report(ops->invoke_func(&context, &arg, param));
	ops->release(&context);
	return context.data != NULL;
}
