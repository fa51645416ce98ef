// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct line lines[2][6];
static struct hub hubs[2];
static u32 known[2];

static int length(const char *text)
{
	int n = 0;

	while (text[n])
		n++;
	return n;
}

static long mix(struct hub *hub, const u32 *levels, u32 n)
{
	long sum = 0;

	kernel_only();
	for (u32 i = 0; i < n; i++)
		sum = sum * 7 + levels[i];
	hub->used += n;
	return sum;
}

static long mix_backwards(struct hub *hub, const u32 *levels, u32 n)
{
	long sum = 0;

	kernel_only();
	while (n--)
		sum = sum * 7 + levels[n];
	return sum;
}

static int label(struct hub *hub, const char *const *labels, u32 n, u8 *lengths)
{
	int sum = 0;

	kernel_only();
	for (u32 i = 0; i < n; i++) {
		lengths[i] = length(labels[i]);
		sum = sum * 3 + labels[i][0];
	}
	return sum;
}

static int get_lines(struct hub *hub, struct line **to, u32 first, u32 n)
{
	kernel_only();
	for (u32 i = 0; i < n; i++) {
		to[i] = &lines[hub - hubs][first + i];
		to[i]->number = 10 * (first + i);
		to[i]->uses++;
	}
	return n;
}

static int find(struct hub *hub, const char *name)
{
	kernel_only();
	return length(name) * 1000 + name[2];
}

static const struct hub_ops forwards = {mix, label, get_lines, find};
static const struct hub_ops backwards = {mix_backwards, label, get_lines, find};

struct hub *hub_get(u32 which)
{
	kernel_only();
	hubs[which].ops = which ? &backwards : &forwards;
	known[which]++;
	return &hubs[which];
}

int later(void)
{
	int sum = 0;

	for (int h = 0; h < 2; h++)
		for (int i = 0; i < 6; i++)
			sum = sum * 3 + lines[h][i].uses;
	return sum + hubs[0].used + known[1];
}
