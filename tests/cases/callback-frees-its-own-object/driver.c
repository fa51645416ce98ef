// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct job {
	u32 number;
	struct node node;
};

static u32 done;

static void run(struct node *node)
{
	struct job *job = container_of(node, struct job, node);

	done = done * 10 + job->number;
	kfree(job);
}

static void add(u32 number)
{
	struct job *job = kzalloc(sizeof(*job), 0);

	job->number = number;
	job->node.run = run;
	job->node.cost = number * 7;
	kqueue(&job->node);
}

static int scenario(void)
{
	u32 cost;

	add(1);
	add(2);
	add(3);
	cost = kdrain();
	add(4);
	cost += kdrain();
	report(cost);
	return done;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
