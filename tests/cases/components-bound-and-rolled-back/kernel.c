// SPDX-License-Identifier: MIT
#include <linux/api.h>

int kcomponent_add(struct kmaster *master, struct kdev *dev)
{
	u32 missing = 0;
	kernel_only();
	for (u32 i = 0; i < master->n; i++) {
		struct kmatch *m = &master->match[i];
		if (!m->dev && m->compare(dev, m->data))
			m->dev = dev;
		missing += !m->dev;
	}
	return missing ? missing : master->bind(master);
}

int kcomponent_bind_all(struct kmaster *master, void *data)
{
	struct kmatch *m = master->match;
	kernel_only();
	for (; master->bound < master->n; master->bound++, m++) {
		int status = m->dev->bind(m->dev, data);
		if (!status)
			continue;
		for (; master->bound; master->bound--) {
			m--;
			m->dev->unbind(m->dev, data);
		}
		return status;
	}
	return master->bound;
}
