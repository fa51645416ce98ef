// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct media_entity *last;

int media_entity_pads_init(struct media_entity *e, u16 num_pads, struct media_pad *pads)
{
	kernel_only();
	if (num_pads > 8)
		return -7;
	e->num_pads = num_pads;
	e->pads = pads;
	e->links.next = e->links.prev = &e->links;
	for (u16 i = 0; i < num_pads; i++) {
		pads[i].entity = e;
		pads[i].index = i;
	}
	last = e;
	return 0;
}

static void add_link(struct media_entity *e, struct media_pad *source, struct media_pad *sink)
{
	struct media_link *link = kzalloc(sizeof(*link), 0);
	link->source = source;
	link->sink = sink;
	link->list.next = e->links.next;
	link->list.prev = &e->links;
	e->links.next->prev = &link->list;
	e->links.next = &link->list;
	e->num_links++;
}

int media_create_pad_link(
	struct media_entity *source, u16 from, struct media_entity *sink, u16 to, u32 flags)
{
	kernel_only();
	if (!(source->pads[from].flags & 2) || !(sink->pads[to].flags & 1))
		return -22;
	add_link(source, &source->pads[from], &sink->pads[to]);
	add_link(sink, &source->pads[from], &sink->pads[to]);
	return 0;
}

int media_link_setup(struct media_link *link, u32 flags)
{
	struct media_pad *source = link->source, *sink = link->sink;
	int err = source->entity->ops->link_setup(source->entity, source, sink, flags);
	kernel_only();
	if (err)
		return err;
	err = sink->entity->ops->link_setup(sink->entity, sink, source, flags);
	if (!err)
		link->flags = flags;
	return err;
}

int later(void)
{
	struct media_link *link = container_of(last->links.next, struct media_link, list);
	report(last->name[1] + link->source->entity->name[1]);
	report(media_link_setup(link, 0));
	return link->flags * 10 + link->sink->entity->num_links;
}
