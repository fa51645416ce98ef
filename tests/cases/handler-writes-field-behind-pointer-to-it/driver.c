// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct chan {
	char data[32];
	size_t len;
	u32 opens;
	u32 mode;
};
static struct chan chans[2];
static struct miscdevice misc;

static int x_open(struct inode *i, struct file *f)
{
	struct chan *c = &chans[i->minor & 1];
	c->opens++;
	f->private_data = c;
	if (f->flags & 4)
		c->len = 0;
	return 0;
}

static long x_read(struct file *f, char *buf, size_t n, long *pos)
{
	struct chan *c = f->private_data;
	return simple_read(buf, n, pos, c->data, c->len);
}

static long x_write(struct file *f, const char *buf, size_t n, long *pos)
{
	struct chan *c = f->private_data;
	if (*pos + n > sizeof c->data)
		n = sizeof c->data - *pos;
	memcpy(c->data + *pos, buf, n);
	*pos += n;
	if (*pos > c->len)
		c->len = *pos;
	return n;
}

static long x_ioctl(struct file *f, u32 cmd, unsigned long arg)
{
	struct chan *c = f->private_data;
	if (cmd == 1) {
		c->mode = arg;
		return 0;
	}
	if (cmd == 2)
		return c->mode;
	if (cmd == 3)
		return misc.minor;
	return -25;
}

static int x_release(struct inode *i, struct file *f)
{
	struct chan *c = f->private_data;
	c->opens--;
	f->private_data = NULL;
	return c->opens;
}

static long x_llseek(struct file *f, long off, int whence)
{
	struct chan *c = f->private_data;
	if (whence == 2)
		off += c->len;
	f->f_pos = off;
	return off;
}
static const struct file_operations x_fops = {.open = x_open,
	.read = x_read,
	.write = x_write,
	.ioctl = x_ioctl,
	.release = x_release,
	.llseek = x_llseek};
static struct miscdevice misc = {.minor = 255, .name = "chan", .fops = &x_fops};

static int x_init(void)
{
	int r = kmisc_add(&misc);
	note(misc.minor);
	return r;
}

module_init(x_init);
