// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_set(struct line *l, int what, void *data)
{
	if (what == LINE_LEVEL) {
		l->level = (unsigned long)data & 0xffffff;
		return 1;
	}
	if (what == LINE_STATUS) {
		struct line_status *s = data;

		s->level = l->level;
		s->breaks += l->breaks;
		return 2;
	}
	if (what == LINE_BREAK)
		l->breaks += data != NULL;
	return 3;
}

static struct line line = {.set = x_set};

static int x_init(void)
{
	struct line_status s = {0};

	line_add(&line);
	report(line_tell(&line, LINE_LEVEL, (void *)0x1234567ul));
	report(line_tell(&line, LINE_STATUS, &s) + s.level + s.breaks);
	report(line_tell(&line, LINE_BREAK, (void *)1));
	return line.level;
}

module_init(x_init);
