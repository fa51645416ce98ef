// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_cmd {
	u32 tag, uses, size;
};

struct x_adapter {
	u32 made, memory, last_freed;
};

static void *x_alloc(u32 size, void *data)
{
	struct x_adapter *a = data;
	struct x_cmd *cmd;
	if (a->memory < size)
		return NULL;
	a->memory -= size;
	cmd = kzalloc(sizeof *cmd, 0);
	cmd->tag = ++a->made;
	cmd->size = size;
	return cmd;
}

static void x_free(void *element, void *data)
{
	struct x_cmd *cmd = element;
	struct x_adapter *a = data;
	a->last_freed = cmd->tag * 10 + cmd->uses;
	a->memory += cmd->size;
	kfree(cmd);
}

static int x_init(void)
{
	struct x_adapter *a = kzalloc(sizeof *a, 0);
	struct kmempool *pool;
	struct x_cmd *cmd[3];
	u32 tags = 0;
	a->memory = 28;
	pool = kmempool_create(2, x_alloc, x_free, a);
	for (int i = 0; i < 3; i++) {
		cmd[i] = kmempool_alloc(pool, 10);
		cmd[i]->uses += 1 + i;
		tags = tags * 10 + cmd[i]->tag;
	}
	report(tags * 100 + pool->fallbacks * 10 + pool->curr_nr);
	for (int i = 2; i >= 0; i--)
		kmempool_free(cmd[i], pool);
	report(a->last_freed * 1000 + a->memory);
	return 0;
}

module_init(x_init);
