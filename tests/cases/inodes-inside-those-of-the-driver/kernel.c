// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct listing {
	struct dir_context ctx;
	int room;
	long sum;
};

static struct fs_type *filesystem;
static struct inode *hash;

int kregister_filesystem(struct fs_type *type)
{
	kernel_only();
	filesystem = type;
	return 0;
}

struct inode *kiget(struct super_block *sb, u64 ino)
{
	struct inode *inode;

	kernel_only();
	for (inode = hash; inode; inode = inode->hash_next)
		if (inode->ino == ino && inode->sb == sb) {
			inode->count++;
			return inode;
		}
	inode = sb->op->alloc_inode(sb);
	if (!inode)
		return NULL;
	inode->ino = ino;
	inode->sb = sb;
	inode->count = inode->is_new = 1;
	inode->hash_next = hash;
	hash = inode;
	return inode;
}

void kunlock_new(struct inode *inode)
{
	kernel_only();
	inode->is_new = 0;
}

void kiput(struct inode *inode)
{
	struct inode **at = &hash;

	kernel_only();
	if (--inode->count)
		return;
	while (*at != inode)
		at = &(*at)->hash_next;
	*at = inode->hash_next;
	inode->sb->op->evict(inode);
	inode->sb->op->free_inode(inode);
}

_Bool kdir_emit(struct dir_context *ctx, const char *name, int len, u64 ino)
{
	kernel_only();
	return ctx->actor(ctx, name, len, ctx->pos, ino);
}

static _Bool list(struct dir_context *ctx, const char *name, int len, u64 pos, u64 ino)
{
	struct listing *l = container_of(ctx, struct listing, ctx);

	if (l->room-- == 0)
		return 0;
	for (int i = 0; i < len; i++)
		l->sum = (l->sum * 5 + name[i] + ino) % 1000003;
	return 1;
}

static int create(struct inode *dir, const char *name, u32 len)
{
	struct qstr q = {name, len};
	struct inode *inode = NULL;
	int err = dir->op->create(dir, &q, 0644 + len, &inode);

	if (err)
		return err;
	report(inode->ino * 100000 + inode->mode * 10 + inode->nlink);
	kiput(inode);
	return 0;
}

int later(void)
{
	struct super_block sb = {0};
	struct listing l = {{list}, 2};
	struct qstr name = {"beta", 4};
	struct inode *file;
	u64 pos = 3, counts[3];
	u8 buffer[8];
	int again;

	report(filesystem->fill_super(&sb, "3"));
	report(sb.blocksize + sb.magic);
	report(create(sb.root, "alpha", 5));
	report(create(sb.root, "beta", 4));
	report(create(sb.root, "too-long-for-it", 15));
	report(create(sb.root, "c", 1));
	file = sb.root->op->lookup(sb.root, &name);
	if (!file)
		return -2;
	report(file->size);
	for (int i = 0; i < 3; i++) {
		long done = file->fop->read(file, buffer, sizeof(buffer), &pos);

		report(done * 1000 + pos);
		if (done)
			report(buffer[done - 1]);
	}
	do {
		again = sb.root->fop->iterate(sb.root, &l.ctx);
		report(l.sum);
		l.room = 2;
	} while (again);
	report(sb.root->op->unlink(sb.root, &name));
	report(sb.op->statfs(&sb, counts));
	report(counts[1] * 1000 + counts[2]);
	report(file->nlink);
	kiput(file);
	report(sb.root->op->lookup(sb.root, &name) == NULL);
	sb.op->statfs(&sb, counts);
	report(counts[1] * 1000 + counts[2]);
	report(sb.root->size);
	kiput(sb.root);
	filesystem->kill_sb(&sb);
	return hash == NULL;
}
