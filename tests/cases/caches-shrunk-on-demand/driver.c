// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_buf {
	struct x_buf *next;
	u32 size, uses;
	u8 data[16];
};

struct x_pool {
	struct x_buf *idle;
	u32 nidle, busy;
	struct shrinker *shrinker;
};

static struct x_pool pool;

static unsigned long x_count(struct shrinker *s, struct shrink_control *sc)
{
	struct x_pool *p = s->private_data;

	if (sc->nid == 1)
		return 0;
	return p->nidle ? p->nidle : ~0ul;
}

static unsigned long x_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct x_pool *p = s->private_data;
	unsigned long freed = 0;

	sc->nr_scanned = 0;
	while (p->idle && sc->nr_scanned < sc->nr_to_scan) {
		struct x_buf *b = p->idle;

		sc->nr_scanned++;
		p->idle = b->next;
		p->nidle--;
		freed += b->size;
		report(b->data[3] * 10 + b->uses);
		kfree(b);
	}
	s->deferred[sc->nid] = -(long)freed;
	return freed;
}

static void *x_get(u32 size)
{
	struct x_buf *b = pool.idle;

	if (b) {
		pool.idle = b->next;
		pool.nidle--;
	} else {
		b = kzalloc(sizeof(*b), 0);
		b->size = size;
	}
	b->uses++;
	pool.busy++;
	return b->data;
}

static void x_put(void *obj, u32 fill)
{
	struct x_buf *b = container_of(obj, struct x_buf, data);

	b->data[3] += fill;
	b->next = pool.idle;
	pool.idle = b;
	pool.nidle++;
	pool.busy--;
}

static int x_init(void)
{
	struct shrinker *s = shrinker_alloc("x-pool");

	if (!s)
		return -12;
	s->count = x_count;
	s->scan = x_scan;
	s->seeks++;
	s->private_data = &pool;
	pool.shrinker = s;
	shrinker_register(s);
	report(s->batch);
	pool_user(x_get, x_put);
	report(pool.busy * 10 + pool.nidle);
	return 0;
}

module_init(x_init);
