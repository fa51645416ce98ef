// SPDX-License-Identifier: MIT
#include <linux/api.h>
// All that both sides have noted, in its order.
static u32 noted;

void note(long value)
{
	kernel_only();
	noted = noted * 31 + value;
}

static struct miscdevice *list;

int kmisc_add(struct miscdevice *m)
{
	kernel_only();
	if (m->minor == 255)
		m->minor = 12;
	m->next = list;
	list = m;
	return 0;
}

long simple_read(char *to, size_t n, long *pos, const void *from, size_t avail)
{
	kernel_only();
	if (*pos >= avail)
		return 0;
	if (n > avail - *pos)
		n = avail - *pos;
	memcpy(to, (const char *)from + *pos, n);
	*pos += n;
	return n;
}

static u32 sum(const char *s, int n)
{
	u32 r = 0;
	while (n-- > 0)
		r = r * 17 + (u8)*s++;
	return r;
}

static char buffer[16];

int later(void)
{
	struct inode i0 = {.minor = 0}, i1 = {.minor = 1};
	struct file *f = kzalloc(sizeof *f, 0), *g = kzalloc(sizeof *g, 0);
	char local[16];
	long n;
	f->f_op = g->f_op = list->fops;
	note(f->f_op->open(&i0, f));
	note(g->f_op->open(&i1, g));
	note(f->f_op->write(f, "hello", 5, &f->f_pos));
	note(g->f_op->write(g, "otherside", 9, &g->f_pos));
	note(f->f_op->write(f, "world!", 6, &f->f_pos));
	note(f->f_pos);
	note(f->f_op->llseek(f, 0, 0));
	n = f->f_op->read(f, local, 16, &f->f_pos);
	note(n);
	note(sum(local, n));
	note(g->f_op->llseek(g, -4, 2));
	n = g->f_op->read(g, buffer, 16, &g->f_pos);
	note(n);
	note(sum(buffer, n));
	note(g->f_pos);
	note(f->f_op->ioctl(f, 1, 55));
	note(f->f_op->ioctl(f, 2, 0));
	note(g->f_op->ioctl(g, 2, 0));
	note(g->f_op->ioctl(g, 3, 0));
	note(g->f_op->ioctl(g, 4, 0));
	note(f->f_op->release(&i0, f));
	note(f->private_data == NULL);
	return noted;
}
