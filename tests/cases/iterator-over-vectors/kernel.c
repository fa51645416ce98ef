// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct fops *the;

size_t to_iter(const void *from, size_t n, struct iter *it)
{
	const u8 *p = from;
	size_t done = 0;
	kernel_only();
	while (done < n && it->n) {
		if (it->off == it->v->len) {
			it->v++;
			it->n--;
			it->off = 0;
			continue;
		}
		it->v->base[it->off++] = p[done++];
		it->left--;
	}
	return done;
}

size_t from_iter(void *to, size_t n, struct iter *it)
{
	u8 *p = to;
	size_t done = 0;
	kernel_only();
	while (done < n && it->n) {
		if (it->off == it->v->len) {
			it->v++;
			it->n--;
			it->off = 0;
			continue;
		}
		p[done++] = it->v->base[it->off++];
		it->left--;
	}
	return done;
}

static int io(int write)
{
	u8 a[4], b[9];
	struct vec v[2] = {{a, 4}, {b, 9}};
	struct iter it = {.v = v, .n = 2, .left = 13};
	for (int i = 0; i < 4; i++)
		a[i] = write ? i : 0;
	for (int i = 0; i < 9; i++)
		b[i] = write ? 50 + i : 0;
	long h = write ? the->write(&it) : the->read(&it);
	for (int i = 0; i < 4; i++)
		h = h * 3 + a[i];
	for (int i = 0; i < 9; i++)
		h = h * 3 + b[i];
	report(h);
	report(it.left);
	return h & 1023;
}

int dev_add(const struct fops *f)
{
	kernel_only();
	the = f;
	return io(1) + io(0);
}

int later(void)
{
	return io(1) + io(0);
}
