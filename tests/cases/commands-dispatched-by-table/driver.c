// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct state {
	u32 level, calls;
};

static struct state state = {5};

static long get(struct state *s, struct file *file, struct request *request)
{
	request->answer = s->level + file->position;
	return 0;
}

static long set(struct state *s, struct file *file, struct request *request)
{
	s->level = request->argument;
	file->position++;
	return 1;
}

static long swap(struct state *s, struct file *file, struct request *request)
{
	u32 old = s->level;

	s->level = request->argument;
	request->answer = old;
	return 2;
}

static const struct {
	u32 command;
	long (*run)(struct state *s, struct file *file, struct request *request);
} commands[] = {{0x10, get}, {0x11, set}, {0x20, swap}};

static int x_open(struct file *file)
{
	file->private = &state;
	return 0;
}

static long x_ioctl(struct file *file, struct request *request)
{
	struct state *s = file->private;

	s->calls++;
	for (u32 i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (commands[i].command == request->command)
			return commands[i].run(s, file, request);
	return -25;
}

static const struct file_ops ops = {x_open, x_ioctl};

static int scenario(void)
{
	int result = kdev(&ops);

	report(state.calls * 100 + state.level);
	return result;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
