// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Domains and their ends: making, stopping and ending them. A crossing holds
 * its domain active, so that an end which leaves can wait for those under way.
 */
#include "ks-rt/end/end.h"
#include "ks-rt/end/statistics.h"

KS_DEFINE_MUTEX(ks_domains_mutex);
struct ks_domain *ks_domains;
static struct ks_statistics ks_past; /* of ends that are gone */

bool ks_interface_valid(const struct ks_interface *interface, bool is_driver)
{
	return interface->is_driver == is_driver && interface->name && interface->dispatch &&
	       interface->type_count < KS_BLOCK && interface->global_count <= KS_OBJECTS_MAX;
}

static void ks_end_free(struct ks_end *end)
{
	if (!end)
		return;
	ks_frees_unwatch(end);
	if (!end->is_driver)
		ks_os_watch_frees(false);
	ks_objects_free(end);
	ks_frees_free(end);
	ks_parts_free(end);
	ks_numbers_free(end);
	ks_functions_free(end);
	ks_holdings_free(end);
	ks_pool_free(end);
	ks_os_free_large(end);
}

struct ks_end *ks_end_make(const struct ks_interface *interface, struct ks_domain *domain)
{
	struct ks_end *end = ks_os_alloc_large(sizeof(*end));
	ks_u32 i;

	if (!end)
		return NULL;
	end->interface = interface;
	end->is_driver = interface->is_driver;
	end->domain = domain;
	ks_lock_init(&end->lock);
	ks_turns_init(end);
	ks_frees_watch(end);
	if (!end->is_driver)
		ks_os_watch_frees(true);
	for (i = 0; i < interface->type_count; i++)
		end->keeps |= interface->types[i].kept;
	if (ks_pool_init(end) || ks_parts_init(end) || ks_frees_init(end) ||
	    ks_holdings_init(end) || ks_functions_init(end) || ks_objects_init(end)) {
		ks_end_free(end);
		return NULL;
	}
	return end;
}

struct ks_domain *ks_domain_make(const struct ks_transport *transport)
{
	struct ks_domain *domain = ks_os_alloc(sizeof(*domain));

	if (!domain)
		return NULL;
	ks_lock_init(&domain->lock);
	domain->transport = transport;
	domain->next = ks_domains;
	ks_domains = domain;
	return domain;
}

void ks_domain_unmake(struct ks_domain *domain)
{
	struct ks_domain **link = &ks_domains;

	while (*link != domain)
		link = &(*link)->next;
	*link = domain->next;
	ks_os_free(domain);
}

/* An end that is far counts as there as long as this one has not left. */
static bool ks_domain_has_peer(const struct ks_end *end)
{
	struct ks_domain *domain = end->domain;
	bool look_at_driver = end->is_driver == domain->is_far;

	return ks_load(look_at_driver ? &domain->driver : &domain->kernel) != NULL;
}

bool ks_domain_enter(struct ks_end *end)
{
	struct ks_domain *domain = end->domain;
	unsigned long state = ks_lock_acquire(&domain->lock);
	bool entered = !domain->stopped && !end->leaving && ks_domain_has_peer(end);

	domain->active += entered;
	ks_lock_release(&domain->lock, state);
	return entered;
}

void ks_domain_leave(struct ks_end *end)
{
	unsigned long state = ks_lock_acquire(&end->domain->lock);

	end->domain->active--;
	ks_lock_release(&end->domain->lock, state);
}

bool ks_domain_stopped(const struct ks_end *end)
{
	return ks_load(&end->domain->stopped) || !ks_domain_has_peer(end);
}

void ks_domain_stop(struct ks_end *end, const char *why)
{
	struct ks_domain *domain = end->domain;
	unsigned long state = ks_lock_acquire(&domain->lock);
	bool first = !domain->stopped;

	ks_store(&domain->stopped, true);
	ks_lock_release(&domain->lock, state);
	if (!first)
		return;
	if (domain->transport->stop)
		domain->transport->stop(end);
	ks_count(&ks_past.stopped_domains);
	ks_os_log("%s: domain stopped: %s", end->interface->name, why);
}

static void ks_end_count(const struct ks_end *end, struct ks_statistics *to)
{
	ks_u64 calls = ks_load(&end->calls), answers = ks_load(&end->answers);

	to->crossings_to_kernel += end->is_driver ? calls : answers;
	to->crossings_to_driver += end->is_driver ? answers : calls;
	to->drops += ks_load(&end->objects.drop_count);
}

/* Whether a crossing is under way, or glue of this end still holds a message. */
static bool ks_end_busy(struct ks_end *end)
{
	unsigned long state = ks_lock_acquire(&end->domain->lock);
	bool busy = end->domain->active != 0;

	ks_lock_release(&end->domain->lock, state);
	state = ks_lock_acquire(&end->lock);
	busy = busy || end->messages.active[0] || end->messages.active[1];
	ks_lock_release(&end->lock, state);
	return busy;
}

static void ks_end_wait(struct ks_end *end)
{
	while (ks_end_busy(end))
		ks_os_pause();
}

void ks_end_retire(struct ks_end *end)
{
	unsigned long state = ks_lock_acquire(&end->domain->lock);

	end->leaving = true;
	ks_lock_release(&end->domain->lock, state);
	ks_end_wait(end);
	ks_undo_all(end);
}

void ks_end_leave(struct ks_end *end)
{
	struct ks_domain *domain = end->domain;
	unsigned long state = ks_lock_acquire(&domain->lock);

	ks_store(end->is_driver ? &domain->driver : &domain->kernel, NULL);
	ks_lock_release(&domain->lock, state);
	ks_end_wait(end);
	if (domain->transport->close)
		domain->transport->close(end);
	ks_end_count(end, &ks_past);
	ks_end_free(end);
	if (!domain->driver && !domain->kernel)
		ks_domain_unmake(domain);
}

static void ks_end_statistics(struct ks_end *end, struct ks_statistics *to)
{
	unsigned long state;

	if (!end)
		return;
	state = ks_lock_acquire(&end->lock);
	ks_end_count(end, to);
	to->live_objects += end->objects.own.count;
	to->shadows += end->objects.shadows.count;
	if (end->is_driver)
		to->shadows -= end->objects.fixed_count;
	else
		to->live_objects -= end->objects.fixed_count;
	to->retired += end->objects.retired_count;
	to->messages_in_use += end->messages.active[0] + end->messages.active[1];
	ks_lock_release(&end->lock, state);
}

void ks_domain_statistics(const struct ks_end *end, struct ks_statistics *statistics)
{
	memset(statistics, 0, sizeof(*statistics));
	statistics->stopped_domains = ks_load(&end->domain->stopped);
	ks_end_statistics(end->domain->driver, statistics);
	ks_end_statistics(end->domain->kernel, statistics);
	statistics->turns_missed = ks_load(&ks_turns_missed);
}

void ks_all_statistics(struct ks_statistics *statistics)
{
	struct ks_domain *domain;

	ks_mutex_lock(&ks_domains_mutex);
	*statistics = ks_past;
	statistics->turns_missed = ks_load(&ks_turns_missed);
	for (domain = ks_domains; domain; domain = domain->next) {
		ks_end_statistics(domain->driver, statistics);
		ks_end_statistics(domain->kernel, statistics);
	}
	ks_mutex_unlock(&ks_domains_mutex);
}
