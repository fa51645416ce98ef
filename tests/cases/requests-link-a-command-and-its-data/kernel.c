// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kmmc_host *host;
static u32 (*handler)(int irq, void *data);
static void (*thread)(void *data);
static void *cookie;
static void (*unbind_host)(struct kmmc_host *h);
static u32 completed;

struct kmmc_host *kmmc_alloc(int extra)
{
	struct kmmc_host *h = kzalloc(sizeof(*h) + extra, 0);

	kernel_only();
	h->index = 1;
	return h;
}

static void ios(u32 clock, u8 width, u8 timing, u8 signal)
{
	host->ios = (struct kmmc_ios){clock, 330, 2, width, timing, signal};
	host->ops->set_ios(host, &host->ios);
	report(host->actual_clock);
	report(host->ops->switch_voltage(host, &host->ios) + host->ios.vdd);
}

int kmmc_add(struct kmmc_host *h)
{
	kernel_only();
	host = h;
	report(h->max_segs * 100 + h->max_blk_size + h->ops->get_ro(h));
	ios(400, 0, 0, 0);
	return 0;
}

void kmmc_remove(struct kmmc_host *h)
{
	kernel_only();
	h->caps = 0;
	host = NULL;
}

void kmmc_free(struct kmmc_host *h)
{
	kernel_only();
	report(h->sdio_irqs * 100 + h->caps);
	kfree(h);
}

void kmmc_done(struct kmmc_host *h, struct kmmc_request *mrq)
{
	kernel_only();
	completed++;
	h->ops->post_req(h, mrq, mrq->cmd->error ? mrq->cmd->error : mrq->data ? mrq->data->error : 0);
	mrq->done(mrq);
}

void kmmc_signal_irq(struct kmmc_host *h)
{
	kernel_only();
	h->sdio_irqs++;
}

int kmmc_irq(u32 (*h)(int irq, void *data), void (*t)(void *data), void *data)
{
	kernel_only();
	handler = h;
	thread = t;
	cookie = data;
	return 0;
}

void kmmc_unbind(void (*unbind)(struct kmmc_host *h))
{
	kernel_only();
	unbind_host = unbind;
}

static void done(struct kmmc_request *mrq)
{
	report(mrq->tag * 10 + mrq->finished);
	report(mrq->cmd->error);
	for (int i = 0; i < (mrq->cmd->flags & RSP_136 ? 4 : 1); i++)
		report(mrq->cmd->resp[i]);
	if (mrq->stop)
		report(mrq->stop->resp[0]);
	if (mrq->data) {
		long sum = mrq->data->error;

		for (u32 s = 0; s < mrq->data->sg_len; s++)
			for (u32 i = 0; i < mrq->data->sg[s].length; i++)
				sum = (sum * 13 + mrq->data->sg[s].virt[i]) % 1000003;
		report(sum);
		report(mrq->data->bytes_xfered);
	}
}

static void run(struct kmmc_request *mrq, int flags)
{
	static int tag;

	mrq->done = done;
	mrq->host = host;
	mrq->tag = ++tag;
	mrq->cmd->mrq = mrq;
	if (mrq->data) {
		mrq->cmd->data = mrq->data;
		mrq->data->mrq = mrq;
		mrq->data->stop = mrq->stop;
	}
	host->ops->pre_req(host, mrq);
	host->ops->request(host, mrq);
	for (int i = 0; i < 8 && !mrq->finished && !mrq->cmd->error; i++) {
		u32 r = handler(i == 3 ? flags : 1, cookie);

		if (r == 2)
			thread(cookie);
	}
}

int later(void)
{
	u8 a[16], b[16] = {};
	struct ksg in[2] = {{a, 7}, {b + 2, 9}}, out[3] = {{b, 3}, {a + 4, 4}, {b + 8, 1}};
	struct kmmc_command id = {.opcode = 2, .flags = RSP_136}, app = {55, 3, .retries = 1};
	struct kmmc_command bad = {.opcode = 8, .arg = 0xbad, .flags = RSP_PRESENT | RSP_CRC};
	struct kmmc_command read = {18, 5, .flags = RSP_PRESENT}, stop = {12, 0, .flags = RSP_PRESENT};
	struct kmmc_command sbc = {23, 2}, write = {25, 1}, again = read, stop2 = stop;
	struct kmmc_data rd = {.blksz = 8, .blocks = 2, .flags = DATA_READ, .sg_len = 2, .sg = in};
	struct kmmc_data wd = {.blksz = 4, .blocks = 2, .flags = DATA_WRITE, .sg_len = 3, .sg = out};
	struct kmmc_data rd2 = rd;
	struct kmmc_request one = {.cmd = &id}, two = {.cmd = &app}, three = {.cmd = &bad};
	struct kmmc_request four = {NULL, &read, &rd, &stop}, five = {&sbc, &write, &wd, NULL};
	struct kmmc_request six = {NULL, &again, &rd2, &stop2};

	for (int i = 0; i < 16; i++)
		a[i] = 0;
	ios(26000, 2, 9, 1);
	ios(52000, 3, 10, 2);
	run(&one, 1);
	run(&two, 1);
	run(&three, 1);
	run(&four, 1);
	host->ops->enable_irq(host, 1);
	run(&five, 8);
	run(&six, 4);
	handler(8, cookie);
	unbind_host(host);
	return completed;
}
