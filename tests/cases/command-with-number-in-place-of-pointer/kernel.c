// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct line *line;

void line_add(struct line *l)
{
	kernel_only();
	line = l;
}

int line_tell(struct line *l, int what, void *data)
{
	struct line_status *s = data;

	kernel_only();
	if (what == LINE_LEVEL)
		l->level = (unsigned long)data >> 4;
	else if (what == LINE_STATUS)
		s->level = l->level + s->breaks;
	else
		l->breaks += (unsigned long)data;
	return what;
}

int later(void)
{
	struct line_status s = {0, 5};

	report(line->set(line, LINE_LEVEL, (void *)0x77abcdul));
	report(line->set(line, LINE_BREAK, &s));
	report(line->set(line, LINE_BREAK, NULL));
	report(line->set(line, LINE_STATUS, &s));
	return s.level * 10 + s.breaks;
}
