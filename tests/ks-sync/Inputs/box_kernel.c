// SPDX-License-Identifier: MIT
#include "box.h"

void *kmalloc(unsigned long size, unsigned int how);
void kfree(const void *object);

struct box *make_box(void)
{
	char *memory = kmalloc(sizeof(struct box) + 32, 0);
	struct box *box = (struct box *)(((unsigned long)memory + 31) & ~31UL);

	box->padding = (char *)box - memory;
	box->flags = 0;
	return box;
}

void free_memory(struct box *box)
{
	kfree((char *)box - box->padding);
}

void free_box(struct box *box)
{
	box->flags = 0;
	free_memory(box);
}

void free_content(struct box *box)
{
	kfree(box->content);
}

void empty_box(struct box *box)
{
	box->flags = 0;
	free_content(box);
}
