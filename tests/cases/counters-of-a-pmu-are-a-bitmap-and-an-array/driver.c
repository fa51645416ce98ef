// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct ddr_pmu {
	struct pmu pmu;
	unsigned long used_mask[1];
	struct perf_event *events[4];
	u64 counters[4];
};

static int ddr_event_init(struct perf_event *event)
{
	if (event->attr.type != event->pmu->type)
		return -2;
	if (event->attr.config > 3)
		return -22;
	event->hw.idx = -1;
	return 0;
}

static int ddr_add(struct perf_event *event, int flags)
{
	struct ddr_pmu *ddr = container_of(event->pmu, struct ddr_pmu, pmu);
	int idx = 0;
	while (ddr->used_mask[0] & (1ul << idx))
		idx++;
	if (idx >= 2)
		return -11;
	ddr->used_mask[0] |= 1ul << idx;
	ddr->events[idx] = event;
	event->hw.idx = idx;
	event->hw.period_left = event->attr.sample_period;
	event->hw.prev_count = flags & 1 ? ddr->counters[idx] : 0;
	return 0;
}

static void ddr_read(struct perf_event *event)
{
	struct ddr_pmu *ddr = container_of(event->pmu, struct ddr_pmu, pmu);
	u64 now = ddr->counters[event->hw.idx];
	event->count += (now - event->hw.prev_count) * (event->attr.config + 1);
	event->hw.prev_count = now;
}

static void ddr_del(struct perf_event *event, int flags)
{
	struct ddr_pmu *ddr = container_of(event->pmu, struct ddr_pmu, pmu);
	ddr_read(event);
	ddr->used_mask[0] &= ~(1ul << event->hw.idx);
	ddr->events[event->hw.idx] = NULL;
}

static int ddr_irq(int irq, void *data)
{
	struct ddr_pmu *ddr = data;
	int stopped = 0;
	for (int i = 0; i < 4; i++) {
		ddr->counters[i] += 10 * (i + 1) + irq;
		if (!(ddr->used_mask[0] & (1ul << i)) || !ddr->events[i]->attr.sample_period)
			continue;
		ddr_read(ddr->events[i]);
		if (ddr->events[i]->count >= ddr->events[i]->hw.period_left)
			stopped += perf_event_overflow(ddr->events[i], 0x40 + i);
	}
	return stopped;
}

static int ddr_init(void)
{
	struct ddr_pmu *ddr = kzalloc(sizeof(*ddr), 0);
	ddr->pmu = (struct pmu){
		.event_init = ddr_event_init, .add = ddr_add, .del = ddr_del, .read = ddr_read};
	ddr->counters[0] = 7;
	request_irq(ddr_irq, ddr);
	report(perf_pmu_register(&ddr->pmu, "ddr", -1));
	report(ddr->pmu.name[0] + ddr->pmu.type);
	report(ddr->used_mask[0]);
	return 0;
}

module_init(ddr_init);
