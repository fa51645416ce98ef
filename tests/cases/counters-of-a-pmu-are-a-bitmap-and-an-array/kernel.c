// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct perf_event events[3];

static struct {
	int (*handler)(int irq, void *data);
	void *data;
} irq;

void request_irq(int (*handler)(int irq, void *data), void *data)
{
	kernel_only();
	irq.handler = handler;
	irq.data = data;
}

static void sampled(struct perf_event *event, u64 ip)
{
	*(u64 *)event->overflow_handler_context += ip;
}

int perf_event_overflow(struct perf_event *event, u64 ip)
{
	kernel_only();
	event->hw.period_left += event->attr.sample_period;
	event->overflow_handler(event, ip);
	return event->hw.period_left > 100;
}

int perf_pmu_register(struct pmu *pmu, const char *name, int type)
{
	int err = 0;
	kernel_only();
	pmu->name = name;
	pmu->type = type < 0 ? 11 : type;
	for (int i = 0; i < 3; i++) {
		events[i].pmu = pmu;
		events[i].attr = (struct perf_event_attr){11, i, i == 1 ? 40 : 0};
		events[i].overflow_handler = sampled;
		events[i].overflow_handler_context = kzalloc(sizeof(u64), 0);
		err = err * 100 + pmu->event_init(&events[i]);
		err += pmu->add(&events[i], 1);
	}
	return err;
}

int later(void)
{
	for (int i = 0; i < 3; i++)
		report(irq.handler(i, irq.data));
	events[0].pmu->read(&events[0]);
	report(events[0].count * 1000 + events[1].count);
	report(*(u64 *)events[1].overflow_handler_context * 1000 + events[1].hw.period_left);
	events[0].pmu->del(&events[0], 0);
	report(events[2].pmu->add(&events[2], 0));
	return events[2].hw.idx;
}
