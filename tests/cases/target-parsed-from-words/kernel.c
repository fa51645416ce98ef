// SPDX-License-Identifier: MIT
#include <linux/api.h>

int strcmp(const char *a, const char *b);

static struct bdev devices[3] = {{"sda", 1000}, {"sdb", 2000}, {"sdc", 3000}};
static int held[3];
static struct target_type *type;

int target_get(struct target *ti, const char *path, struct bdev **dev)
{
	kernel_only();
	for (int i = 0; i < 3; i++)
		if (!strcmp(devices[i].name, path)) {
			held[i]++;
			*dev = &devices[i];
			return 0;
		}
	return -2;
}

void target_put(struct target *ti, struct bdev *dev)
{
	kernel_only();
	held[dev - devices]--;
}

u32 target_begin(const struct target *ti)
{
	kernel_only();
	return ti->begin;
}

int register_target(struct target_type *t)
{
	kernel_only();
	type = t;
	report(t->version[1] * 100 + t->name[2]);
	return 0;
}

static int make(struct target *ti, u32 argc, char **argv)
{
	int status;

	ti->type = type;
	ti->begin = 100;
	ti->len = 500;
	status = type->ctr(ti, argc, argv);
	report(status);
	if (status)
		report(ti->error[0] * 1000 + ti->error[4]);
	else
		report(ti->max_io);
	return status;
}

static void submit(struct target *ti, u64 sector, u32 op, int error)
{
	struct bio bio = {NULL, sector, 8, op};
	int r = ti->type->map(ti, &bio);

	report(r);
	if (r != 1)
		return;
	report(bio.bdev->name[2] * 10000 + bio.sector);
	r = ti->type->end_io(ti, &bio, &error);
	report(r * 1000 + error);
}

static void status(struct target *ti, int kind)
{
	char text[64];
	long sum = 0;

	ti->type->status(ti, kind, text, sizeof(text));
	for (int i = 0; text[i]; i++)
		sum = sum * 3 % 1000003 + text[i];
	report(sum);
}

int later(void)
{
	char *bad[] = {"0", "sda", "1"}, *few[] = {"8", "sda"};
	char *missing[] = {"8", "sda", "5", "sdz", "6"};
	char *good[] = {"16", "sda", "5", "sdc", "60", "sdb", "7"};
	struct target ti = {0}, broken = {0};

	make(&broken, 3, bad);
	make(&broken, 2, few);
	make(&broken, 5, missing);
	report(held[0]);
	if (make(&ti, 7, good))
		return -1;
	submit(&ti, 100, 0, 0);
	submit(&ti, 119, 1, -5);
	submit(&ti, 183, 0, -5);
	submit(&ti, 140, 3, 0);
	status(&ti, 0);
	status(&ti, 1);
	ti.type->dtr(&ti);
	return held[0] + held[1] + held[2];
}
