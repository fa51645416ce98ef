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
	       interface->type_count < 0x7fff && interface->global_count <= KS_OBJECTS_MAX;
}

static void ks_side_free(struct ks_side *side)
{
	if (!side)
		return;
	ks_objects_free(side);
	ks_holdings_free(side);
	ks_pool_free(side);
	ks_os_free_large(side);
}

struct ks_side *ks_side_make(const struct ks_interface *interface, struct ks_domain *domain)
{
	struct ks_side *side = ks_os_alloc_large(sizeof(*side));

	if (!side)
		return NULL;
	side->interface = interface;
	side->is_driver = interface->is_driver;
	side->domain = domain;
	ks_lock_init(&side->lock);
	if (ks_pool_init(side) || ks_holdings_init(side) || ks_objects_init(side)) {
		ks_side_free(side);
		return NULL;
	}
	return side;
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
static bool ks_domain_has_peer(const struct ks_side *side)
{
	struct ks_domain *domain = side->domain;
	bool look_at_driver = side->is_driver == domain->is_far;

	return ks_load(look_at_driver ? &domain->driver : &domain->kernel) != NULL;
}

bool ks_domain_enter(struct ks_side *side)
{
	struct ks_domain *domain = side->domain;
	unsigned long state = ks_lock_acquire(&domain->lock);
	bool entered = !domain->stopped && !side->leaving && ks_domain_has_peer(side);

	domain->active += entered;
	ks_lock_release(&domain->lock, state);
	return entered;
}

void ks_domain_leave(struct ks_side *side)
{
	unsigned long state = ks_lock_acquire(&side->domain->lock);

	side->domain->active--;
	ks_lock_release(&side->domain->lock, state);
}

bool ks_domain_stopped(const struct ks_side *side)
{
	return ks_load(&side->domain->stopped) || !ks_domain_has_peer(side);
}

void ks_domain_stop(struct ks_side *side, const char *why)
{
	struct ks_domain *domain = side->domain;
	unsigned long state = ks_lock_acquire(&domain->lock);
	bool first = !domain->stopped;

	ks_store(&domain->stopped, true);
	ks_lock_release(&domain->lock, state);
	if (!first)
		return;
	if (domain->transport->stop)
		domain->transport->stop(side);
	ks_count(&ks_past.stopped_domains);
	ks_os_log("%s: domain stopped: %s", side->interface->name, why);
}

static void ks_side_count(const struct ks_side *side, struct ks_statistics *to)
{
	ks_u64 calls = ks_load(&side->calls), answers = ks_load(&side->answers);

	to->crossings_to_kernel += side->is_driver ? calls : answers;
	to->crossings_to_driver += side->is_driver ? answers : calls;
	to->drops += ks_load(&side->objects.drop_count);
}

/* Whether a crossing is under way, or glue of this end still holds a message. */
static bool ks_side_busy(struct ks_side *side)
{
	unsigned long state = ks_lock_acquire(&side->domain->lock);
	bool busy = side->domain->active != 0;

	ks_lock_release(&side->domain->lock, state);
	state = ks_lock_acquire(&side->lock);
	busy = busy || side->messages.active[0] || side->messages.active[1];
	ks_lock_release(&side->lock, state);
	return busy;
}

static void ks_side_wait(struct ks_side *side)
{
	while (ks_side_busy(side))
		ks_os_pause();
}

void ks_side_retire(struct ks_side *side)
{
	unsigned long state = ks_lock_acquire(&side->domain->lock);

	side->leaving = true;
	ks_lock_release(&side->domain->lock, state);
	ks_side_wait(side);
	ks_undo_all(side);
}

void ks_side_leave(struct ks_side *side)
{
	struct ks_domain *domain = side->domain;
	unsigned long state = ks_lock_acquire(&domain->lock);

	ks_store(side->is_driver ? &domain->driver : &domain->kernel, NULL);
	ks_lock_release(&domain->lock, state);
	ks_side_wait(side);
	if (domain->transport->close)
		domain->transport->close(side);
	ks_side_count(side, &ks_past);
	ks_side_free(side);
	if (!domain->driver && !domain->kernel)
		ks_domain_unmake(domain);
}

static void ks_side_statistics(struct ks_side *side, struct ks_statistics *to)
{
	unsigned long state;

	if (!side)
		return;
	state = ks_lock_acquire(&side->lock);
	ks_side_count(side, to);
	to->live_objects += side->objects.own.count;
	to->shadows += side->objects.shadows.count;
	if (side->is_driver)
		to->shadows -= side->objects.fixed_count;
	else
		to->live_objects -= side->objects.fixed_count;
	to->retired += side->objects.retired_count;
	to->messages_in_use += side->messages.active[0] + side->messages.active[1];
	ks_lock_release(&side->lock, state);
}

void ks_domain_statistics(const struct ks_side *side, struct ks_statistics *statistics)
{
	memset(statistics, 0, sizeof(*statistics));
	statistics->stopped_domains = ks_load(&side->domain->stopped);
	ks_side_statistics(side->domain->driver, statistics);
	ks_side_statistics(side->domain->kernel, statistics);
}

void ks_all_statistics(struct ks_statistics *statistics)
{
	struct ks_domain *domain;

	ks_mutex_lock(&ks_domains_mutex);
	*statistics = ks_past;
	for (domain = ks_domains; domain; domain = domain->next) {
		ks_side_statistics(domain->driver, statistics);
		ks_side_statistics(domain->kernel, statistics);
	}
	ks_mutex_unlock(&ks_domains_mutex);
}
