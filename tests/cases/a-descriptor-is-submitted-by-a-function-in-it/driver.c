// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct soc_desc {
	struct dma_async_tx_descriptor tx;
	struct list_head node;
	u32 total, moved, count;
	struct scatterlist *sg[];
};

struct soc_chan {
	int number;
	struct dma_chan chan;
	struct list_head submitted, active;
	u8 fifo;
};

struct soc_dma {
	struct dma_device ddev;
	struct soc_chan chans[2];
};

static int soc_tx_submit(struct dma_async_tx_descriptor *tx)
{
	struct soc_chan *sc = container_of(tx->chan, struct soc_chan, chan);
	struct soc_desc *desc = container_of(tx, struct soc_desc, tx);

	tx->cookie = ++tx->chan->cookie;
	list_add_tail(&desc->node, &sc->submitted);
	return tx->cookie;
}

static struct dma_async_tx_descriptor *soc_prep_slave_sg(
	struct dma_chan *chan, struct scatterlist *sgl, unsigned sg_len)
{
	struct soc_desc *desc = kzalloc(sizeof(*desc) + sg_len * sizeof(desc->sg[0]), 0);

	if (!desc || !sg_len)
		return NULL;
	for (struct scatterlist *sg = sgl; sg && desc->count < sg_len; sg = sg_next(sg)) {
		desc->sg[desc->count++] = sg;
		desc->total += sg->length;
	}
	desc->tx.chan = chan;
	desc->tx.tx_submit = soc_tx_submit;
	return &desc->tx;
}

static void soc_issue_pending(struct dma_chan *chan)
{
	struct soc_chan *sc = container_of(chan, struct soc_chan, chan);

	while (sc->submitted.next != &sc->submitted) {
		struct list_head *node = sc->submitted.next;

		list_del(node);
		list_add_tail(node, &sc->active);
	}
}

static enum dma_status soc_tx_status(
	struct dma_chan *chan, int cookie, struct dma_tx_state *state)
{
	struct soc_chan *sc = container_of(chan, struct soc_chan, chan);

	state->last = chan->completed_cookie;
	state->used = chan->cookie;
	state->residue = 0;
	for (struct list_head *at = sc->active.next; at != &sc->active; at = at->next)
		state->residue += container_of(at, struct soc_desc, node)->total;
	return cookie <= chan->completed_cookie ? DMA_COMPLETE : DMA_IN_PROGRESS;
}

static int soc_irq(int irq, void *data)
{
	struct soc_dma *dma = data;
	struct soc_chan *sc = &dma->chans[irq & 1];
	struct dmaengine_result result = {.result = DMA_COMPLETE};
	struct soc_desc *desc;

	if (sc->active.next == &sc->active)
		return 0;
	desc = container_of(sc->active.next, struct soc_desc, node);
	for (u32 i = 0; i < desc->count; i++)
		for (unsigned j = 0; j < desc->sg[i]->length && sc->fifo < 30; j++, desc->moved++)
			((u8 *)desc->sg[i]->address)[j] = sc->fifo++;
	result.residue = desc->total - desc->moved;
	if (result.residue)
		result.result = DMA_ERROR;
	list_del(&desc->node);
	sc->chan.completed_cookie = desc->tx.cookie;
	if (desc->tx.callback_result)
		desc->tx.callback_result(desc->tx.callback_param, &result);
	kfree(desc);
	return 1;
}

static int soc_dma_probe(void)
{
	struct soc_dma *dma = kzalloc(sizeof(*dma), 0);
	int ret;

	dma->ddev.device_prep_slave_sg = soc_prep_slave_sg;
	dma->ddev.device_issue_pending = soc_issue_pending;
	dma->ddev.device_tx_status = soc_tx_status;
	INIT_LIST_HEAD(&dma->ddev.channels);
	for (int i = 0; i < 2; i++) {
		struct soc_chan *sc = &dma->chans[i];

		sc->number = i;
		sc->chan.device = &dma->ddev;
		INIT_LIST_HEAD(&sc->submitted);
		INIT_LIST_HEAD(&sc->active);
		list_add_tail(&sc->chan.device_node, &dma->ddev.channels);
	}
	ret = request_irq(32, soc_irq, dma);
	if (!ret)
		ret = dma_async_device_register(&dma->ddev);
	report(dma->chans[0].chan.cookie);
	report(dma->chans[1].chan.cookie);
	return ret;
}

module_init(soc_dma_probe);
