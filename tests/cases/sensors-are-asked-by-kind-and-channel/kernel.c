// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct kaction {
	struct kaction *next;
	void (*action)(void *data);
	void *data;
	u64 memory[];
};

static struct kbus_dev clients[2] = {{{"0-0048"}, 0x48, 0, "x2"}, {{"0-0049"}, 0x49, 4, "x1"}};
static struct kdev hwmons[2];
static const struct khw_chip *chips[2];
static u32 nhwmons, notified;

int kbus_add_driver(struct kbus_driver *d)
{
	int err = 0;

	kernel_only();
	for (int c = 0; c < 2; c++) {
		for (int i = 0; i < 14; i++)
			clients[c].words[i] = 100 * (c + 1) + i * 3;
		clients[c].words[8] = 5;
		clients[c].words[7] = 0;
		clients[c].words[1] = 0xfff0 - c;
		clients[c].words[14] = 2 - c;
		for (int i = 0; d->ids[i]; i++)
			if (!strcmp(d->ids[i], clients[c].modalias))
				err += d->probe(&clients[c]);
	}
	return err;
}

int kbus_read_word(struct kbus_dev *d, u8 reg)
{
	kernel_only();
	return reg < 16 ? (int)d->words[reg] : -6;
}

int kbus_write_word(struct kbus_dev *d, u8 reg, u16 value)
{
	kernel_only();
	d->words[reg] = value;
	return d->flags;
}

int kdev_action(struct kdev *d, void (*action)(void *data), void *data)
{
	struct kaction *a = kzalloc(sizeof(*a), 0);

	kernel_only();
	a->action = action;
	a->data = data;
	a->next = d->actions;
	d->actions = a;
	return 0;
}

void *kdev_zalloc(struct kdev *d, size_t size)
{
	struct kaction *a = kzalloc(sizeof(*a) + size, 0);

	kernel_only();
	a->next = d->actions;
	d->actions = a;
	return a->memory;
}

struct kdev *khw_register(struct kdev *parent, const char *name, void *data,
	const struct khw_chip *chip, const struct kattr_group **groups)
{
	struct kdev *d = &hwmons[nhwmons];

	kernel_only();
	chips[nhwmons++] = chip;
	d->name = name;
	d->drvdata = data;
	d->parent = parent;
	d->groups = groups;
	return d;
}

void khw_notify(struct kdev *d, enum khw_type type, u32 attr, int channel)
{
	kernel_only();
	notified = notified * 100 + type * 10 + channel + attr + d->parent->name[5];
}

static void show(struct kdev *d, const struct khw_chip *chip)
{
	for (int i = 0; chip->info[i]; i++)
		for (int c = 0; chip->info[i]->config[c]; c++)
			for (u32 a = 0; a < A_COUNT; a++) {
				enum khw_type type = chip->info[i]->type;
				const char *s = NULL;
				long val = -7;
				u16 mode;

				if (!(chip->info[i]->config[c] >> a & 1))
					continue;
				mode = chip->ops->is_visible(d->drvdata, type, a, c);
				report(type * 100000 + c * 10000 + a * 1000 + mode);
				if (!(mode & 0444))
					continue;
				if (a == A_LABEL) {
					report(chip->ops->read_string(d, type, a, c, &s) + s[0] * 1000 + s[1]);
					continue;
				}
				report(chip->ops->read(d, type, a, c, &val));
				report(val);
			}
}

static void pages(struct kdev *d)
{
	for (const struct kattr_group **g = d->groups; *g; g++)
		for (int n = 0; (*g)->attrs[n]; n++) {
			struct kdev_attr *a = container_of((*g)->attrs[n], struct kdev_attr, attr);
			char page[128] = "";
			long len, sum = 0;

			if (!(*g)->is_visible(d, &a->attr, n))
				continue;
			if (a->store) {
				report(a->store(d, a, "12", 3));
				report(a->store(d, a, "500", 3));
			}
			len = a->show(d, a, page);
			for (int i = 0; i < len; i++)
				sum = (sum * 31 + page[i]) % 1000003;
			report(sum * 100 + len);
		}
}

int later(void)
{
	for (u32 i = 0; i < nhwmons; i++) {
		show(&hwmons[i], chips[i]);
		report(chips[i]->ops->write(&hwmons[i], T_TEMP, A_MAX, 0, 12000));
		report(chips[i]->ops->write(&hwmons[i], T_TEMP, A_MAX, 2, 256000));
		report(chips[i]->ops->write(&hwmons[i], T_CHIP, A_ENABLE, 0, 2));
		pages(&hwmons[i]);
		report(clients[i].words[9]);
	}
	report(notified);
	for (int i = 0; i < 2; i++)
		while (clients[i].dev.actions) {
			struct kaction *a = clients[i].dev.actions;

			clients[i].dev.actions = a->next;
			if (a->action)
				a->action(a->data);
			kfree(a);
		}
	return clients[0].words[15] + clients[1].words[15];
}
