// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

enum {
	TEE_NONE,
	TEE_VALUE_INPUT,
	TEE_VALUE_OUTPUT,
	TEE_VALUE_INOUT,
	TEE_MEMREF_INPUT,
	TEE_MEMREF_OUTPUT
};

struct tee_shm {
	struct tee_context *ctx;
	u8 *kaddr;
	size_t size;
	int refcount;
};

struct tee_param {
	u64 attr;

	union {
		struct {
			size_t shm_offs, size;
			struct tee_shm *shm;
		} memref;

		struct {
			u64 a, b, c;
		} value;
	} u;
};

struct tee_arg {
	u32 func, session, ret, num_params;
};

struct tee_context {
	struct tee_device *teedev;
	void *data;
};

struct tee_driver_ops {
	int (*open)(struct tee_context *ctx);
	void (*release)(struct tee_context *ctx);
	int (*open_session)(struct tee_context *ctx, struct tee_arg *arg, struct tee_param *param);
	int (*invoke_func)(struct tee_context *ctx, struct tee_arg *arg, struct tee_param *param);
};

struct tee_desc {
	const char *name;
	const struct tee_driver_ops *ops;
};
struct tee_device *tee_device_alloc(const struct tee_desc *desc, void *driver_data);
void *tee_get_drvdata(struct tee_device *teedev);
int tee_device_register(struct tee_device *teedev);
void *tee_shm_get_va(struct tee_shm *shm, size_t offs);
