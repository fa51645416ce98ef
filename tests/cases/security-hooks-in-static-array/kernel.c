// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct khook_heads khook_heads;
static int blob_size = 16;
static struct kcred task;

int kreserve_blob(int size)
{
	int offset = blob_size;
	kernel_only();
	blob_size += (size + 7) & ~7;
	return offset;
}

void khooks_add(struct khook *hooks, int n)
{
	kernel_only();
	for (int i = 0; i < n; i++) {
		hooks[i].next = *hooks[i].head;
		*hooks[i].head = &hooks[i];
	}
}

int kopen(u32 uid, u32 mode)
{
	struct kfile file = {&task, mode};
	int changed = 0, status = 0;
	kernel_only();
	if (!task.security)
		task.security = kzalloc(blob_size, 0);
	for (struct khook *h = khook_heads.setuid; h; h = h->next)
		changed += h->hook.setuid(&task, uid);
	task.uid = uid;
	for (struct khook *h = khook_heads.file_open; h; h = h->next)
		status += h->hook.file_open(&file);
	return status * 1000 + file.audit * 10 + changed;
}

int later(void)
{
	int status = kopen(0, 7);
	kernel_only();
	task.uid = 5;
	return kopen(5, 3) * 1000 + status;
}
