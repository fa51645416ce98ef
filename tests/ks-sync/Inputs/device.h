// SPDX-License-Identifier: MIT
// A kernel interface in a few lines: devices with operations.
struct device;

struct operations {
	int (*open)(struct device *device);
	int (*read)(struct device *device, char *buffer, unsigned long size);
	const char *name;
};

struct device {
	const struct operations *operations;
	unsigned int flags;
	unsigned int level;
	unsigned int hidden;
	void *private;
	struct device *parent;
};

struct device *make_device(void (*setup)(struct device *device));
int add_device(struct device *device);
void free_device(struct device *device);
unsigned int device_level(struct device *device);
