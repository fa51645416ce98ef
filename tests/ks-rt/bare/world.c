// SPDX-License-Identifier: MIT
#include "tests/ks-rt/bare/world.h"

extern char domain_text_begin[], domain_text_end[], domain_data_begin[], domain_data_end[];

static struct ks_visor *visor;
static bool on[PROCESSORS];
static ks_u64 token_next = 0x5eed0000c0de0001;

void *ks_visor_os_virtual(ks_u64 physical) { return virtual_of(physical); }

void visor_setup(struct ks_visor_setup *setup)
{
	*setup = (struct ks_visor_setup){
		.pool = virtual_of(POOL_PHYSICAL),
		.pool_physical = POOL_PHYSICAL,
		.pool_size = POOL_SIZE,
		.gate_physical = physical_of(ks_gate_page),
		.world_physical = physical_of(ks_gate_world),
		.cpu_physical = physical_of(ks_gate_cpu),
		.period = PERIOD,
		.budget = BUDGET,
	};
}

int visor_join(void)
{
	unsigned number = this_cpu()->number;
	int error = ks_visor_start(visor, number);

	on[number] = error == 0;
	return error;
}

int visor_leave(void)
{
	on[this_cpu()->number] = false;
	return ks_visor_stop();
}

bool visor_on_as(const struct ks_visor_setup *setup)
{
	visor = ks_visor_make(setup);
	return CHECK(visor) && CHECK_EQUAL(visor_join(), 0);
}

bool visor_on(void)
{
	struct ks_visor_setup setup;

	visor_setup(&setup);
	return visor_on_as(&setup);
}

static void leave(void *unused)
{
	(void)unused;
	visor_leave();
}

void world_before(void)
{
	frames_reset();
	timer_stop();
	priority_write(0);
}

void world_after(void)
{
	if (on[1]) {
		other_start(leave, NULL);
		other_wait();
	}
	if (on[0])
		CHECK_EQUAL(visor_leave(), 0);
}

static uint64_t copy(const char *begin, const char *end)
{
	uint64_t physical = frame_allocate((end - begin + PAGE - 1) / PAGE);

	memcpy(virtual_of(physical), begin, end - begin);
	return physical;
}

static int show(const struct domain *domain, uint64_t address, uint64_t physical, unsigned pages,
		ks_u32 rights)
{
	return ks_visor_map(domain->index, address, physical, pages, rights);
}

int domain_open(struct domain *domain, const char *snippet, const char *snippet_end)
{
	ks_u64 text = (ks_u64)domain_text_begin, data = (ks_u64)domain_data_begin;
	const ks_u32 readable = KS_VISOR_READ, writable = readable | KS_VISOR_WRITE,
		      executable = readable | KS_VISOR_EXECUTE;
	int error = 0;

	*domain = (struct domain){ .index = ks_visor_create(), .token = token_next++ };
	if (domain->index < 0)
		return domain->index;
	domain->text = copy(domain_text_begin, domain_text_end);
	domain->data = copy(domain_data_begin, domain_data_end);
	domain->stack = frame_allocate(DOMAIN_STACK_PAGES);
	domain->message_frame = frame_allocate(1);
	domain->message = virtual_of(domain->message_frame);
	domain->own = frame_allocate(1);
	if (snippet)
		domain->snippet = copy(snippet, snippet_end);
	error = show(domain, text, domain->text, (domain_text_end - domain_text_begin) / PAGE,
		     executable);
	error = error ?: show(domain, data, domain->data,
			      (domain_data_end - domain_data_begin) / PAGE, writable);
	error = error ?: show(domain, DOMAIN_STACK, domain->stack, DOMAIN_STACK_PAGES, writable);
	error = error ?: show(domain, DOMAIN_MESSAGE, domain->message_frame, 1, writable);
	error = error ?: show(domain, DOMAIN_PRIVATE + domain->index * PAGE, domain->own, 1, writable);
	if (snippet)
		error = error ?: show(domain, DOMAIN_SNIPPET, domain->snippet, 1, executable);
	return error;
}

int domain_seal(struct domain *domain) { return ks_visor_seal(domain->index, domain->token); }

bool domain_make(struct domain *domain)
{
	return CHECK_EQUAL(domain_open(domain, NULL, NULL), 0) &&
	       CHECK_EQUAL(domain_seal(domain), 0);
}

static long no_handler(struct ks_gate *gate, ks_u64 request)
{
	(void)gate;
	(void)request;
	return -1;
}

void domain_gate(const struct domain *domain, struct ks_gate *gate, const void *entry)
{
	*gate = (struct ks_gate){
		.token = domain->token,
		.index = domain->index,
		.entry = (ks_u64)entry,
		.stack = DOMAIN_STACK_TOP,
		.resume = (ks_u64)domain_resume,
		.handler = no_handler,
	};
}

long domain_call(struct domain *domain, const void *entry, uint64_t a, uint64_t b, uint64_t c)
{
	domain_gate(domain, &domain->gate, entry);
	domain->gate.arguments[0] = a;
	domain->gate.arguments[1] = b;
	domain->gate.arguments[2] = c;
	return ks_gate_call(&domain->gate);
}

bool domain_end(struct domain *domain)
{
	return CHECK_EQUAL(ks_visor_destroy(domain->index), 0) && CHECK_EQUAL(ks_visor_flush(), 0);
}

uint64_t exits_of(const struct ks_visor_statistics *statistics)
{
	uint64_t sum = 0;

	for (unsigned reason = 0; reason < KS_VISOR_EXITS; reason++)
		sum += statistics->exits[reason];
	return sum;
}

uint64_t pool_used(void)
{
	struct ks_visor_statistics statistics;

	CHECK_EQUAL(ks_visor_statistics(&statistics), 0);
	return statistics.pool_used;
}
