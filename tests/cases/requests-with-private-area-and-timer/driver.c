// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_queue;

struct x_cmd {
	struct request *rq;
	struct x_queue *nq;
	struct timer timer;
	u8 error;
	u32 serial;
};

struct x_queue {
	struct x_dev *dev;
	u32 serial, requeued;
};

struct x_dev {
	struct x_queue *queues;
	struct queue *q;
	struct disk *disk;
	struct tag_set set;
	u8 *memory;
	u64 size;
	u32 index;
};

static struct x_dev *device;
static u32 irqmode = 2;

static u8 x_transfer(struct x_dev *dev, struct request *rq)
{
	u64 at = rq->sector * 16;

	if (at + rq->bytes > dev->size)
		return 10;
	for (u32 i = 0; i < rq->bytes; i++) {
		if (rq->op == OP_WRITE)
			dev->memory[at + i] = rq->tag + i;
		else
			rq->bytes += dev->memory[at + i] & 0;
	}
	return 0;
}

static void x_end(struct x_cmd *cmd)
{
	end_request(cmd->rq, cmd->error);
}

static int x_timer(struct timer *t)
{
	x_end(container_of(t, struct x_cmd, timer));
	return 0;
}

static u8 x_queue_rq(struct hctx *h, const struct queue_data *bd)
{
	struct x_cmd *cmd = rq_to_pdu(bd->rq);
	struct x_queue *nq = h->driver_data;

	if (nq->serial == 3 && !nq->requeued) {
		nq->requeued++;
		return 9;
	}
	cmd->rq = bd->rq;
	cmd->nq = nq;
	cmd->serial = nq->serial++;
	start_request(bd->rq);
	cmd->error = bd->rq->op == OP_FLUSH ? 0 : x_transfer(nq->dev, bd->rq);
	switch (bd->last ? irqmode : 1) {
	case 0:
		x_end(cmd);
		break;
	case 1:
		complete_request(bd->rq);
		break;
	default:
		cmd->timer.function = x_timer;
		timer_start(&cmd->timer, 10 + cmd->serial);
	}
	return 0;
}

static void x_complete(struct request *rq)
{
	x_end(rq_to_pdu(rq));
}

static int x_init_request(struct request *rq, u32 index)
{
	struct x_cmd *cmd = rq_to_pdu(rq);

	cmd->serial = 100 + index;
	return 0;
}

static int x_init_hctx(struct hctx *h, void *data, u32 index)
{
	struct x_dev *dev = data;

	h->driver_data = &dev->queues[index];
	dev->queues[index].dev = dev;
	return 0;
}

static u8 x_timeout(struct request *rq)
{
	struct x_cmd *cmd = rq_to_pdu(rq);

	cmd->error = 13;
	complete_request(rq);
	return cmd->serial;
}

static const struct queue_ops ops = {
	.queue_rq = x_queue_rq,
	.complete = x_complete,
	.init_request = x_init_request,
	.init_hctx = x_init_hctx,
	.timeout = x_timeout,
};

static int x_init(void)
{
	struct x_dev *dev = kzalloc(sizeof *dev, 0);
	int status;

	device = dev;
	dev->size = 64;
	dev->memory = kzalloc(64, 0);
	dev->queues = kzalloc(2 * sizeof *dev->queues, 0);
	dev->set.ops = &ops;
	dev->set.depth = 4;
	dev->set.cmd_size = sizeof(struct x_cmd);
	dev->set.driver_data = dev;
	status = tag_set_alloc(&dev->set);
	if (status)
		return status;
	dev->disk = disk_alloc(&dev->set, dev);
	if (!dev->disk)
		return -12;
	dev->q = dev->disk->queue;
	dev->q->limits |= 6;
	dev->q->max_sectors = 8;
	dev->disk->major = 259;
	dev->disk->first_minor = dev->index;
	dev->disk->capacity = dev->size / 16;
	dev->disk->private_data = dev;
	snprintf(dev->disk->name, sizeof dev->disk->name, "nullb%d", dev->index);
	return disk_add(dev->disk);
}

module_init(x_init);
