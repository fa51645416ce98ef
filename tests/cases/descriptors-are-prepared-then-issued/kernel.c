// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kdma_device *device;
static void (*interrupt)(void *data);
static void *irq_data;
static u8 memory[128];

int kdma_register(struct kdma_device *d)
{
	kernel_only();
	for (struct list_head *e = d->channels.next; e != &d->channels; e = e->next) {
		struct kdma_chan *c = container_of(e, struct kdma_chan, device_node);

		c->id = d->chancnt++;
		c->cookie = c->completed = 1;
		memcpy(c->name, "chan", 4);
		c->name[4] = '0' + c->id;
	}
	d->memory = memory;
	device = d;
	return d->cap_mask & 2 && d->prep_sg ? 0 : -22;
}

int kdma_irq(void (*irq)(void *data), void *data)
{
	kernel_only();
	interrupt = irq;
	irq_data = data;
	return 0;
}

kcookie_t kcookie_assign(struct kdma_desc *d)
{
	kernel_only();
	d->cookie = ++d->chan->cookie;
	return d->cookie;
}

void kcookie_complete(struct kdma_desc *d)
{
	kernel_only();
	d->chan->completed = d->cookie;
	d->cookie = 0;
}

int kcookie_status(struct kdma_chan *c, kcookie_t cookie, struct kdma_state *s)
{
	kernel_only();
	s->last = c->completed;
	s->used = c->cookie;
	s->residue = 0;
	return cookie > c->completed;
}

struct client {
	u32 calls, id;
	long sum;
};

static void done(void *param, const struct kdma_result *r)
{
	struct client *c = param;

	c->calls++;
	c->sum = c->sum * 7 + r->residue * 2 + r->result;
	report(c->id * 1000 + c->calls * 10 + r->result);
}

static struct kdma_chan *request(u32 id)
{
	for (struct list_head *e = device->channels.next; e != &device->channels; e = e->next) {
		struct kdma_chan *c = container_of(e, struct kdma_chan, device_node);

		if (!device->filter(c, &id))
			continue;
		c->client_count++;
		report(device->alloc_chan(c) * 100 + *(u32 *)c->private);
		return c;
	}
	return NULL;
}

static void status(struct kdma_chan *c, kcookie_t cookie)
{
	struct kdma_state s = {};

	report(device->tx_status(c, cookie, &s) * 1000000 + s.residue * 1000 + s.in_flight);
	report(s.last * 100 + s.used);
}

int later(void)
{
	struct kdma_sg sg[3] = {{10, 8}, {30, 5}, {40, 20}}, in[2] = {{64, 12}, {90, 6}};
	struct kslave_config config = {1, 0, 100, 9};
	u8 extra[2] = {1, 77};
	struct client a = {.id = 1}, b = {.id = 2}, c = {.id = 3};
	struct kdma_chan *x = request(1), *y = request(0);
	struct kdma_desc *d[5];
	kcookie_t cookies[4];
	long sum = 0;

	for (int i = 0; i < 128; i++)
		memory[i] = i * 5;
	report(device->config(x, &config));
	config.maxburst = 4;
	report(device->config(x, &config));
	config = (struct kslave_config){2, 101, 0, 8, extra, 2};
	report(device->config(y, &config));
	d[0] = device->prep_sg(x, sg, 3, 1, 5);
	d[1] = device->prep_sg(x, sg + 1, 1, 1, 1);
	report(device->prep_sg(x, sg, 3, 2, 1) == NULL);
	d[2] = device->prep_sg(y, in, 2, 2, 4);
	d[3] = device->prep_cyclic(x, 50, 12, 4);
	d[4] = device->prep_sg(y, in, 1, 2, 0);
	report(device->prep_cyclic(x, 50, 12, 5) == NULL);
	for (int i = 0; i < 4; i++) {
		d[i]->callback_result = done;
		d[i]->callback_param = i == 2 ? &b : i == 3 ? &c : &a;
		cookies[i] = d[i]->submit(d[i]);
		report(cookies[i]);
	}
	report(d[4]->desc_free(d[4]));
	interrupt(irq_data);
	device->issue(x);
	device->issue(y);
	for (int i = 0; i < 7; i++) {
		status(x, cookies[i % 2]);
		status(y, cookies[2]);
		interrupt(irq_data);
	}
	status(x, cookies[3]);
	d[0] = device->prep_sg(y, in, 1, 2, 0);
	d[1] = device->prep_sg(y, in, 2, 2, 0);
	report(d[0]->submit(d[0]));
	report(device->terminate(x));
	report(a.sum * 10000 + b.sum * 100 + c.sum);
	device->free_chan(x);
	device->free_chan(y);
	for (int i = 0; i < 128; i++)
		sum = (sum * 31 + memory[i]) % 1000003;
	report(sum);
	device->release(device);
	return a.calls * 100 + b.calls * 10 + c.calls;
}
