// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct stream stream;

static int x_init(void)
{
	stream.samples = kzalloc(32, 0);
	stream.room = 32;
	stream.filled = 3;
	for (int i = 0; i < 32; i++)
		stream.samples[i] = i * i;
	return stream_register(&stream);
}

module_init(x_init);
