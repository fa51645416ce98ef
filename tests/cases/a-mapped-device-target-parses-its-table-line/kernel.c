// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct block_device disks[2] = {{7, 100}, {8, 30}};
static int held;
static struct target_type *only;

int dm_register_target(struct target_type *type)
{
	kernel_only();
	only = type;
	return type->version[0] == 1 ? 0 : -17;
}

int dm_get_device(struct dm_target *ti, const char *path, struct dm_dev **result)
{
	kernel_only();
	if (path[0] != 's' || path[1] < 'a' || path[1] > 'b')
		return -19;
	*result = kzalloc(sizeof(**result), 0);
	(*result)->bdev = &disks[path[1] - 'a'];
	snprintf((*result)->name, sizeof((*result)->name), "8:%d", path[1] - 'a');
	held++;
	return 0;
}

void dm_put_device(struct dm_target *ti, struct dm_dev *dev)
{
	kernel_only();
	kfree(dev);
	held--;
}

int later(void)
{
	int err;
	static char a2[] = "2", a8[] = "8", sa[] = "sa", sb[] = "sb", sx[] = "sx", result[32];
	static char *good[] = {a2, a8, sb, sa}, *bad[] = {a2, a8, sa, sx};
	struct dm_target ti = {.begin = 64, .len = 128};
	struct bio bio = {NULL, 64 + 19, 8, 0}, far = {NULL, 64 + 68, 8, 0}, odd = {NULL, 64, 8, 4};
	err = only->ctr(&ti, 3, good), report(err * 1000 - ti.error[0]);
	err = only->ctr(&ti, 4, bad), report(err * 1000 - ti.error[0] - held);
	err = only->ctr(&ti, 4, good), report(err * 10 + ti.num_flush_bios);
	err = only->map(&ti, &bio), report(err * 1000 + bio.bi_bdev->id * 100 + bio.bi_sector);
	err = only->map(&ti, &far), report(err * 1000 + far.bi_bdev->id * 100 + far.bi_sector);
	err = only->map(&ti, &odd), report(err * 10 + !odd.bi_bdev);
	only->status(&ti, 1, result, sizeof(result));
	report(!strcmp(result, "2 8 8:1 8:0") * 1000 + held);
	only->dtr(&ti);
	return held;
}
