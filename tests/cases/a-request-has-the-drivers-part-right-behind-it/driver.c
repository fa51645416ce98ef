// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define SECTOR 16

struct ram_disk {
	spinlock_t lock;
	struct blk_mq_tag_set tag_set;
	struct request_queue *q;
	u8 data[8 * SECTOR];
	int inits, flushes;
};

struct ram_cmd {
	struct ram_disk *disk;
	unsigned slot;
	unsigned done;
	u8 error;
};

static int ram_init_request(struct blk_mq_tag_set *set, struct request *rq, unsigned index)
{
	struct ram_cmd *cmd = blk_mq_rq_to_pdu(rq);

	cmd->disk = set->driver_data;
	cmd->slot = 100 + index;
	cmd->disk->inits++;
	return 0;
}

static int ram_init_hctx(struct blk_mq_hw_ctx *hctx, void *data, unsigned index)
{
	hctx->driver_data = data;
	return 0;
}

static u8 ram_queue_rq(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	struct ram_disk *disk = hctx->driver_data;
	struct request *rq = bd->rq;
	struct ram_cmd *cmd = blk_mq_rq_to_pdu(rq);
	size_t pos = rq->__sector * SECTOR;

	if (cmd->disk != disk)
		return 10;
	cmd->error = 0;
	cmd->done = 0;
	blk_mq_start_request(rq);
	if (rq->cmd_flags == REQ_OP_FLUSH)
		disk->flushes++;
	spin_lock(&disk->lock);
	for (struct bio *bio = rq->bio; bio; bio = bio->bi_next)
		for (int i = 0; i < bio->bi_vcnt; i++) {
			struct bio_vec *bv = &bio->bi_io_vec[i];
			u8 *buffer = (u8 *)bv->bv_page + bv->bv_offset;

			if (pos + bv->bv_len > sizeof(disk->data)) {
				cmd->error = 10;
				break;
			}
			if (rq->cmd_flags == REQ_OP_WRITE)
				memcpy(disk->data + pos, buffer, bv->bv_len);
			else
				memcpy(buffer, disk->data + pos, bv->bv_len);
			pos += bv->bv_len;
			cmd->done += bv->bv_len;
		}
	spin_unlock(&disk->lock);
	if (bd->last)
		blk_mq_complete_request(rq);
	return 0;
}

static void ram_complete(struct request *rq)
{
	struct ram_cmd *cmd = blk_mq_rq_to_pdu(rq);

	report(cmd->slot * 1000 + cmd->done);
	blk_mq_end_request(rq, cmd->error);
}

static const struct blk_mq_ops ram_ops = {
	ram_queue_rq, ram_complete, ram_init_request, ram_init_hctx};

static int ram_init(void)
{
	struct ram_disk *disk = kzalloc(sizeof(*disk), 0);
	int ret;

	if (!disk)
		return -12;
	disk->tag_set.ops = &ram_ops;
	disk->tag_set.queue_depth = 3;
	disk->tag_set.cmd_size = sizeof(struct ram_cmd);
	disk->tag_set.driver_data = disk;
	ret = blk_mq_alloc_tag_set(&disk->tag_set);
	if (ret) {
		kfree(disk);
		return ret;
	}
	disk->q = blk_mq_alloc_queue(&disk->tag_set, disk);
	report(disk->inits);
	report(((struct ram_cmd *)blk_mq_rq_to_pdu(disk->tag_set.tags[2]))->slot);
	report(disk->q->queuedata == disk);
	return 0;
}

module_init(ram_init);
