// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct sink {
	u32 seen, sum;
};

static struct sink first, second;

static void on_event(void *data, u32 event)
{
	struct sink *sink = data;

	sink->seen++;
	sink->sum += event;
}

static void on_other(void *data, u32 event)
{
	struct sink *sink = data;

	sink->sum += 100 * event;
}

static int scenario(void)
{
	struct sink *third = kzalloc(sizeof(*third), 0);
	int calls;

	kregister(on_event, &first);
	kregister(on_event, &second);
	kregister(on_other, third);
	calls = kfire(1);
	kunregister(on_event, &first);
	calls += kfire(2);
	kunregister(on_other, third);
	calls += kfire(4);
	report(first.seen * 1000 + first.sum);
	report(second.seen * 1000 + second.sum);
	report(third->sum);
	kfree(third);
	return calls;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
