// SPDX-License-Identifier: MIT
#include <linux/api.h>

enum { S_IDLE, S_CMD, S_DATA, S_STOP };

struct x_host {
	struct kmmc_host *mmc;
	spinlock_t lock;
	struct kmmc_request *mrq;
	struct kmmc_command *cmd;
	struct kmmc_data *data;
	u32 state, sg_at, sg_off, blocks_left, card[24], next_cookie, pending;
	const struct x_variant *variant;
	u8 clkdiv;
	_Bool irq_on;
};

static const struct x_variant {
	u32 max_div, segs;
	const char *name;
} variants[] = {{255, 4, "old"}, {63, 8, "new"}};

static void start_cmd(struct x_host *x, struct kmmc_command *cmd, u32 state)
{
	x->cmd = cmd;
	x->state = state;
	x->pending = 1;
}

static void finish(struct x_host *x)
{
	struct kmmc_request *mrq = x->mrq;

	x->mrq = NULL;
	x->cmd = NULL;
	x->data = NULL;
	x->state = S_IDLE;
	mrq->finished = 1;
	kmmc_done(x->mmc, mrq);
}

static void respond(struct x_host *x)
{
	struct kmmc_command *cmd = x->cmd;

	if (cmd->flags & RSP_136)
		for (int i = 0; i < 4; i++)
			cmd->resp[i] = cmd->opcode * 1000 + x->card[i] + i;
	else if (cmd->flags & RSP_PRESENT)
		cmd->resp[0] = cmd->arg ^ cmd->opcode;
	if (cmd->opcode == 55 && cmd->retries)
		cmd->error = -110;
	else if (cmd->flags & RSP_CRC && cmd->arg == 0xbad)
		cmd->error = -84;
}

static u8 *next_byte(struct x_host *x)
{
	struct ksg *sg = &x->data->sg[x->sg_at];
	u8 *at = sg->virt + x->sg_off++;

	if (x->sg_off == sg->length) {
		x->sg_at++;
		x->sg_off = 0;
	}
	return at;
}

static void transfer(struct x_host *x)
{
	struct kmmc_data *data = x->data;

	for (u32 i = 0; i < data->blksz; i++) {
		u8 *at = next_byte(x);
		u32 *word = &x->card[(x->mrq->cmd->arg + data->bytes_xfered + i) % 24];

		if (data->flags & DATA_READ)
			*at = *word;
		else
			*word = *at;
	}
	data->bytes_xfered += data->blksz;
	x->blocks_left--;
}

static u32 x_irq(int irq, void *data)
{
	struct x_host *x = data;

	spin_lock(&x->lock);
	if (irq & 8 && x->irq_on) {
		x->irq_on = 0;
		kmmc_signal_irq(x->mmc);
	}
	if (x->state == S_DATA && x->blocks_left) {
		transfer(x);
		if (irq & 4)
			x->data->error = -84;
		if (!x->blocks_left || x->data->error)
			x->pending = 1;
	}
	spin_unlock(&x->lock);
	return x->pending ? 2 : 1;
}

static void x_thread(void *dev)
{
	struct x_host *x = dev;

	if (!x->mrq || !x->pending)
		return;
	x->pending = 0;
	switch (x->state) {
	case S_CMD:
		respond(x);
		if (x->cmd == x->mrq->sbc && !x->cmd->error)
			return start_cmd(x, x->mrq->cmd, S_CMD);
		if (x->cmd->error || !x->cmd->data)
			return finish(x);
		x->data = x->cmd->data;
		x->sg_at = x->sg_off = 0;
		x->blocks_left = x->data->blocks;
		x->state = S_DATA;
		return;
	case S_DATA:
		if (x->data->stop && (x->data->error || !x->data->mrq->sbc))
			return start_cmd(x, x->data->stop, S_STOP);
		return finish(x);
	case S_STOP:
		respond(x);
		return finish(x);
	}
}

static void request(struct kmmc_host *h, struct kmmc_request *mrq)
{
	struct x_host *x = kmmc_priv(h);

	if (x->mrq) {
		mrq->cmd->error = -16;
		kmmc_done(h, mrq);
		return;
	}
	x->mrq = mrq;
	start_cmd(x, mrq->sbc ? mrq->sbc : mrq->cmd, S_CMD);
}

static void pre_req(struct kmmc_host *h, struct kmmc_request *mrq)
{
	struct x_host *x = kmmc_priv(h);

	if (mrq->data)
		mrq->data->host_cookie = ++x->next_cookie;
}

static void post_req(struct kmmc_host *h, struct kmmc_request *mrq, int err)
{
	if (mrq->data) {
		report(mrq->data->host_cookie * 100 + err);
		mrq->data->host_cookie = 0;
	}
}

static void set_ios(struct kmmc_host *h, struct kmmc_ios *ios)
{
	struct x_host *x = kmmc_priv(h);
	u32 div = ios->clock ? h->f_max / ios->clock : 0;

	if (div > x->variant->max_div)
		div = x->variant->max_div;
	x->clkdiv = div;
	h->actual_clock = div ? h->f_max / div : 0;
	report(ios->timing * 100 + ios->bus_width * 10 + ios->power_mode);
}

static int get_ro(struct kmmc_host *h)
{
	return h->index & 1;
}

static int switch_voltage(struct kmmc_host *h, struct kmmc_ios *ios)
{
	if (ios->signal > 1)
		return -22;
	ios->vdd = 180;
	return 0;
}

static void enable_irq(struct kmmc_host *h, int enable)
{
	struct x_host *x = kmmc_priv(h);

	x->irq_on = enable;
}

static const struct kmmc_host_ops ops = {pre_req, post_req, request, set_ios, get_ro,
	switch_voltage, enable_irq};

static void unbind(struct kmmc_host *h)
{
	struct x_host *x = kmmc_priv(h);
	u32 sum = 0;

	kmmc_remove(h);
	for (int i = 0; i < 24; i++)
		sum = sum * 3 + x->card[i];
	report(sum);
	kmmc_free(h);
}

static int x_init(void)
{
	struct kmmc_host *h = kmmc_alloc(sizeof(struct x_host));
	struct x_host *x;
	int err;

	if (!h)
		return -12;
	x = kmmc_priv(h);
	x->mmc = h;
	x->variant = &variants[h->index % 2];
	for (int i = 0; i < 24; i++)
		x->card[i] = i * 10;
	h->ops = &ops;
	h->f_min = 400;
	h->f_max = 52000;
	h->caps = 0x21;
	h->max_segs = x->variant->segs;
	h->max_blk_size = 8;
	err = kmmc_irq(x_irq, x_thread, x);
	if (!err)
		err = kmmc_add(h);
	if (err)
		kmmc_free(h);
	kmmc_unbind(unbind);
	return err;
}

module_init(x_init);
