// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct dentry {
	const char *name;
	int files;
};

static struct dentry root;
static u32 *u32s;
static u8 *u8s;
static _Bool *bools;
static struct debug_blob *blobs;
static struct debug_regset *sets;
static int (*ticker)(void *data);
static void *ticked;

struct dentry *debug_dir(const char *name)
{
	kernel_only();
	root.name = name;
	return &root;
}

void debug_u32(const char *name, struct dentry *dir, u32 *value)
{
	kernel_only();
	dir->files++;
	u32s = value;
}

void debug_u8(const char *name, struct dentry *dir, u8 *value)
{
	kernel_only();
	dir->files++;
	u8s = value;
}

void debug_bool(const char *name, struct dentry *dir, _Bool *value)
{
	kernel_only();
	dir->files++;
	bools = value;
	*value = 1;
}

struct dentry *debug_blob(const char *name, struct dentry *dir, struct debug_blob *blob)
{
	kernel_only();
	dir->files++;
	blobs = blob;
	return dir;
}

void debug_regset(const char *name, struct dentry *dir, struct debug_regset *set)
{
	kernel_only();
	dir->files++;
	sets = set;
}

void call_tick(int (*tick)(void *data), void *data)
{
	kernel_only();
	ticker = tick;
	ticked = data;
}

static void show(void)
{
	long sum = 0;

	report(*u32s * 100 + *u8s * 10 + *bools);
	for (unsigned long i = 0; i < blobs->size; i++)
		sum += ((u8 *)blobs->data)[i] * (i + 1);
	report(sum);
	for (int i = 0; i < sets->nregs; i++)
		report(sets->regs[i].name[0] * 1000 + sets->base[sets->regs[i].offset]);
}

int later(void)
{
	report(ticker(ticked));
	show();
	*u32s = 4;
	*u8s = 30;
	for (int i = 0; i < 3; i++)
		report(ticker(ticked));
	show();
	*bools = 0;
	report(ticker(ticked));
	show();
	return root.files;
}
