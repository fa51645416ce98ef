// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct card {
	u8 flash[64];
	unsigned divider, width, stops;
	int present;
};

static void card_data(struct card *card, u32 start, struct mmc_data *data)
{
	unsigned at = start * data->blksz;
	for (unsigned i = 0; i < data->sg_len; i++) {
		struct scatterlist *sg = &data->sg[i];
		if (at + sg->length > sizeof(card->flash))
			data->error = -84;
		if (data->error)
			return;
		if (data->flags & MMC_DATA_WRITE)
			memcpy(card->flash + at, sg->buffer, sg->length);
		else
			memcpy(sg->buffer, card->flash + at, sg->length);
		at += sg->length;
		data->bytes_xfered += sg->length;
	}
}

static void card_request(struct mmc_host *host, struct mmc_request *mrq)
{
	struct card *card = mmc_priv(host);
	struct mmc_command *cmd = mrq->cmd;
	if (cmd->opcode == 2)
		for (int i = 0; i < 4; i++)
			cmd->resp[i] = 0x100 * (i + 1) + card->divider;
	else if (cmd->data)
		card_data(card, cmd->arg, cmd->data);
	else
		cmd->error = -110;
	if (mrq->stop) {
		mrq->stop->resp[0] = ++card->stops;
		mrq->stop->error = mrq->data->error ? -5 : 0;
	}
	mmc_request_done(host, mrq);
}

static void card_set_ios(struct mmc_host *host, struct mmc_ios *ios)
{
	struct card *card = mmc_priv(host);
	card->divider = ios->clock ? host->f_max / ios->clock : 0;
	card->width = 1u << ios->bus_width;
}

static int card_get_cd(struct mmc_host *host)
{
	return ((struct card *)mmc_priv(host))->present;
}
static const struct mmc_host_ops card_ops = {card_request, card_set_ios, card_get_cd};

static int card_init(void)
{
	struct mmc_host *host = mmc_alloc_host(sizeof(struct card));
	struct card *card = mmc_priv(host);
	host->ops = &card_ops;
	host->f_max = 52;
	host->caps = 1;
	host->max_blk_size = 8;
	for (unsigned i = 0; i < sizeof(card->flash); i++)
		card->flash[i] = i * 3;
	report(mmc_add_host(host));
	card->present = 1;
	report(mmc_add_host(host));
	report((card->divider * 100 + card->width) * 1000000l + card->flash[16] * 1000 +
		card->flash[27]);
	report(card->stops * 10 + host->requests);
	return host->ongoing_mrq != NULL;
}

module_init(card_init);
