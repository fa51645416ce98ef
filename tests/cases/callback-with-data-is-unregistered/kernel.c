// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct {
	event_fn fn;
	void *data;
} slots[4];

int kregister(event_fn fn, void *data)
{
	kernel_only();
	for (int i = 0; i < 4; i++)
		if (!slots[i].fn) {
			slots[i].fn = fn;
			slots[i].data = data;
			return i;
		}
	return -1;
}

void kunregister(event_fn fn, void *data)
{
	kernel_only();
	for (int i = 0; i < 4; i++)
		if (slots[i].fn == fn && slots[i].data == data)
			slots[i].fn = NULL;
}

int kfire(u32 event)
{
	int calls = 0;

	kernel_only();
	for (int i = 0; i < 4; i++)
		if (slots[i].fn) {
			slots[i].fn(slots[i].data, event);
			calls++;
		}
	return calls;
}
