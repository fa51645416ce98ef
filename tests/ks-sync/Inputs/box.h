// SPDX-License-Identifier: MIT
// Objects that do not begin where their memory does.
struct box {
	char name[8];
	unsigned int flags;
	unsigned int padding;
	void *content;
};

struct box *make_box(void);
void free_box(struct box *box);
void empty_box(struct box *box);
