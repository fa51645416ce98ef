// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct {
	void (*action)(void *data);
	void *data;
} actions[4];

static int count;

int kadd_action(struct device *dev, void (*action)(void *data), void *data)
{
	kernel_only();
	if (count == 4)
		return -12;
	actions[count].action = action;
	actions[count++].data = data;
	return 0;
}

int kbind(int (*probe)(struct device *dev))
{
	static struct device dev;

	kernel_only();
	if (probe(&dev))
		return -1;
	while (count) {
		count--;
		actions[count].action(actions[count].data);
	}
	return dev.state;
}
