// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kmmc_command *pending[8];
static u32 head, tail;

void kmmc_start(struct kmmc_request *request)
{
	kernel_only();
	request->command->request = request->stop->request = request;
	request->command->data = request->data;
	request->data->request = request;
	pending[head++ & 7] = request->command;
}

int kmmc_poll(void)
{
	int polled = 0;
	kernel_only();
	while (tail < head) {
		struct kmmc_command *c = pending[tail++ & 7];
		struct kmmc_data *data = c->data;
		polled = polled * 10 + data->blocks;
		data->error = c->argument == 8 && data->blocks > 1 ? -110 : 0;
		data->transferred = data->error ? 0 : data->blocks;
		memset(data->buffer, c->argument, data->transferred * data->block_size);
		c->response[0] = data->transferred + 4;
		c->request->stop->response[1] = c->request->stop->opcode / 3;
		data->request->done(data->request);
	}
	return polled;
}

int later(void)
{
	struct kmmc_data *data = pending[tail & 7]->data;
	int polled = kmmc_poll();
	kernel_only();
	return polled * 100 + data->transferred * 10 + data->buffer[0];
}
