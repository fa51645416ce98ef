// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct client {
	int done;
	u32 residue;
};

static struct dma_device *provider;
static int (*irq_handler)(int irq, void *data);
static void *irq_data;

int request_irq(unsigned irq, int (*handler)(int irq, void *data), void *data)
{
	kernel_only();
	irq_handler = handler;
	irq_data = data;
	return irq < 32 ? -22 : 0;
}

int dma_async_device_register(struct dma_device *device)
{
	int n = 0;

	kernel_only();
	for (struct list_head *at = device->channels.next; at != &device->channels; at = at->next)
		container_of(at, struct dma_chan, device_node)->cookie = 1 + 10 * n++;
	provider = device;
	return n ? 0 : -19;
}

static void client_done(void *param, const struct dmaengine_result *result)
{
	struct client *client = param;

	client->done = client->done * 10 + 1 + result->result;
	client->residue += result->residue;
}

int later(void)
{
	struct dma_chan *chan = container_of(provider->channels.prev, struct dma_chan, device_node);
	u8 buffer[40] = {0};
	struct scatterlist sg[3] = {{buffer, 8, 0}, {buffer + 16, 4, 0}, {buffer + 30, 6, 2}};
	struct scatterlist big = {buffer, 24, 2};
	struct dma_async_tx_descriptor *first = provider->device_prep_slave_sg(chan, sg, 3);
	struct dma_async_tx_descriptor *second = provider->device_prep_slave_sg(chan, &big, 1);
	struct dma_tx_state state = {0};
	struct client client = {0};

	first->callback_result = second->callback_result = client_done;
	first->callback_param = second->callback_param = &client;
	report(first->tx_submit(first));
	report(second->tx_submit(second));
	provider->device_issue_pending(chan);
	report(provider->device_tx_status(chan, 12, &state));
	report(state.residue);
	report(irq_handler(33, irq_data));
	report(buffer[7] << 16 | buffer[16] << 8 | buffer[35]);
	report(irq_handler(33, irq_data));
	report(buffer[0] << 8 | buffer[11]);
	report(provider->device_tx_status(chan, 13, &state));
	report(state.last * 100 + state.used);
	report(client.done * 100 + client.residue);
	return irq_handler(32, irq_data);
}
