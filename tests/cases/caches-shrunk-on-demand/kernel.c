// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct shrinker *shrinkers;
static void *(*getter)(u32 size);
static void (*putter)(void *obj, u32 fill);
static void *objs[6];

struct shrinker *shrinker_alloc(const char *name)
{
	struct shrinker *s = kzalloc(sizeof(*s), 0);

	kernel_only();
	s->seeks = name[0] == 'x' ? 2 : 0;
	return s;
}

void shrinker_register(struct shrinker *s)
{
	kernel_only();
	s->batch = s->batch ? s->batch : 100 + s->seeks;
	s->next = shrinkers;
	shrinkers = s;
}

static void take(int i, u8 seed)
{
	u8 *data = objs[i] = getter(10 + i);

	for (int k = 0; k < 16; k++)
		data[k] = data[k] + seed + k;
}

void pool_user(void *(*get)(u32 size), void (*put)(void *obj, u32 fill))
{
	kernel_only();
	getter = get;
	putter = put;
	for (int i = 0; i < 5; i++)
		take(i, i);
	putter(objs[1], 7);
	putter(objs[3], 9);
}

static void shrink(int nid, unsigned long n)
{
	for (struct shrinker *s = shrinkers; s; s = s->next) {
		struct shrink_control sc = {0xcc0, nid, n, n};
		unsigned long count = s->count(s, &sc);

		report(count);
		if (!count || count == ~0ul)
			continue;
		report(s->scan(s, &sc));
		report(sc.nr_scanned * 1000 + s->deferred[nid]);
	}
}

int later(void)
{
	take(1, 50);
	report(((u8 *)objs[1])[3]);
	shrink(0, 4);
	putter(objs[0], 1);
	putter(objs[2], 2);
	shrink(1, 4);
	shrink(0, 1);
	putter(objs[1], 3);
	putter(objs[4], 4);
	shrink(0, 2);
	shrink(0, 8);
	shrink(0, 8);
	return 0;
}
