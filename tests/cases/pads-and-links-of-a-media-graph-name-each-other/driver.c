// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct subdev {
	struct media_entity entity;
	struct media_pad pads[2];
	int streams, gain;
};

static int sub_link_setup(struct media_entity *e, const struct media_pad *local,
	const struct media_pad *remote, u32 flags)
{
	struct subdev *sub = container_of(e, struct subdev, entity);
	if (flags && sub->streams)
		return -16;
	sub->streams = flags ? local->index + 1 : 0;
	sub->gain += container_of(remote->entity, struct subdev, entity)->gain * 2;
	return 0;
}
static const struct media_entity_operations sub_ops = {sub_link_setup};

static struct subdev *sub_new(const char *name, int gain, u16 pads)
{
	struct subdev *sub = kzalloc(sizeof(*sub), 0);
	sub->entity.name = name;
	sub->entity.ops = &sub_ops;
	sub->gain = gain;
	sub->pads[0].flags = 1;
	sub->pads[1].flags = 2;
	return media_entity_pads_init(&sub->entity, pads, sub->pads) ? NULL : sub;
}

static int camera_init(void)
{
	struct subdev *sensor = sub_new("sensor", 3, 2), *scaler = sub_new("scaler", 5, 2);
	struct media_link *link;
	report(!sub_new("wide", 1, 9));
	report(media_create_pad_link(&sensor->entity, 1, &scaler->entity, 0, 0));
	report(media_create_pad_link(&sensor->entity, 0, &scaler->entity, 0, 0));
	link = container_of(scaler->entity.links.next, struct media_link, list);
	report(link->source->index * 10 + (link->sink == &scaler->pads[0]));
	report(media_link_setup(link, 1));
	report(media_link_setup(link, 1));
	report(link->flags * 1000 + sensor->streams * 100 + scaler->streams * 10 +
		sensor->entity.num_links);
	report(sensor->gain * 100 + container_of(link->sink->entity, struct subdev, entity)->gain);
	return 0;
}

module_init(camera_init);
