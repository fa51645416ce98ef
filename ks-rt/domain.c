// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Domains: pairing the two ends by name, and ending. A crossing holds its
 * domain active, so that an end which leaves can wait for those under way.
 */
#include "ks-rt/side.h"
#include "ks-rt/statistics.h"

static KS_DEFINE_MUTEX(ks_domains_mutex);
static struct ks_domain *ks_domains;
static struct ks_statistics ks_past; /* of ends that are gone */

static struct ks_domain *ks_domain_find(const char *name)
{
	struct ks_domain *domain = ks_domains;

	while (domain && (!domain->driver || strcmp(domain->driver->interface->name, name)))
		domain = domain->next;
	return domain;
}

static bool ks_interface_valid(const struct ks_interface *interface, bool is_driver)
{
	return interface->is_driver == is_driver && interface->name && interface->dispatch &&
	       interface->type_count < 0x7fff && interface->global_count <= KS_OBJECTS_MAX;
}

static void ks_side_free(struct ks_side *side)
{
	if (!side)
		return;
	ks_objects_free(side);
	ks_pool_free(side);
	ks_os_free_large(side);
}

static struct ks_side *ks_side_make(const struct ks_interface *interface, struct ks_domain *domain)
{
	struct ks_side *side = ks_os_alloc_large(sizeof(*side));

	if (!side)
		return NULL;
	side->interface = interface;
	side->is_driver = interface->is_driver;
	side->domain = domain;
	ks_lock_init(&side->lock);
	if (ks_pool_init(side) || ks_objects_init(side)) {
		ks_side_free(side);
		return NULL;
	}
	return side;
}

static struct ks_side *ks_domain_peer(const struct ks_side *side)
{
	return ks_load(side->is_driver ? &side->domain->kernel : &side->domain->driver);
}

/* The other end, and the domain active until ks_domain_leave(); NULL if there is none to call. */
struct ks_side *ks_domain_enter(struct ks_side *side)
{
	struct ks_domain *domain = side->domain;
	unsigned long state = ks_lock_acquire(&domain->lock);
	struct ks_side *peer = domain->stopped ? NULL : ks_domain_peer(side);

	if (peer)
		domain->active++;
	ks_lock_release(&domain->lock, state);
	return peer;
}

void ks_domain_leave(struct ks_side *side)
{
	unsigned long state = ks_lock_acquire(&side->domain->lock);

	side->domain->active--;
	ks_lock_release(&side->domain->lock, state);
}

bool ks_domain_stopped(const struct ks_side *side)
{
	return ks_load(&side->domain->stopped) || !ks_domain_peer(side);
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
	ks_count(&ks_past.stopped_domains);
	ks_os_log("%s: domain stopped: %s", side->interface->name, why);
}

struct ks_side *ks_domain_offer(const struct ks_interface *driver)
{
	struct ks_domain *domain;
	struct ks_side *side = ERR_PTR(-EINVAL);

	if (!ks_interface_valid(driver, true))
		return side;
	ks_mutex_lock(&ks_domains_mutex);
	side = ERR_PTR(-EEXIST);
	if (ks_domain_find(driver->name))
		goto unlock;
	side = ERR_PTR(-ENOMEM);
	domain = ks_os_alloc(sizeof(*domain));
	if (!domain)
		goto unlock;
	ks_lock_init(&domain->lock);
	domain->driver = ks_side_make(driver, domain);
	if (!domain->driver) {
		ks_os_free(domain);
		goto unlock;
	}
	domain->next = ks_domains;
	ks_domains = domain;
	side = domain->driver;
unlock:
	ks_mutex_unlock(&ks_domains_mutex);
	return side;
}

static bool ks_interfaces_match(const struct ks_interface *a, const struct ks_interface *b)
{
	return a->hash == b->hash && a->type_count == b->type_count &&
	       a->function_count == b->function_count && a->global_count == b->global_count &&
	       a->crossing_count == b->crossing_count;
}

/* A driver's end that was open before starts afresh. */
static int ks_side_renew(struct ks_side *side)
{
	if (side->messages.active[0] || side->messages.active[1])
		return -EBUSY;
	ks_objects_free(side);
	return ks_objects_init(side);
}

static struct ks_side *ks_domain_pair(struct ks_domain *domain, const struct ks_interface *kernel)
{
	struct ks_side *side;
	unsigned long state;
	int error;

	if (domain->kernel)
		return ERR_PTR(-EEXIST);
	if (!ks_interfaces_match(kernel, domain->driver->interface))
		return ERR_PTR(-ENOEXEC);
	if (domain->stopped)
		return ERR_PTR(-EIO);
	error = ks_side_renew(domain->driver);
	if (error)
		return ERR_PTR(error);
	side = ks_side_make(kernel, domain);
	if (!side)
		return ERR_PTR(-ENOMEM);
	state = ks_lock_acquire(&domain->lock);
	ks_store(&domain->kernel, side);
	ks_lock_release(&domain->lock, state);
	return side;
}

struct ks_side *ks_domain_open(const struct ks_interface *kernel)
{
	struct ks_domain *domain;
	struct ks_side *side;

	if (!ks_interface_valid(kernel, false))
		return ERR_PTR(-EINVAL);
	ks_mutex_lock(&ks_domains_mutex);
	domain = ks_domain_find(kernel->name);
	side = domain ? ks_domain_pair(domain, kernel) : ERR_PTR(-ENOENT);
	ks_mutex_unlock(&ks_domains_mutex);
	return side;
}

static void ks_side_count(const struct ks_side *side, struct ks_statistics *to)
{
	if (side->is_driver)
		to->crossings_to_kernel += ks_load(&side->calls);
	else
		to->crossings_to_driver += ks_load(&side->calls);
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

/* Takes an end out of its pair, waits until nothing uses it, and frees what is unused then. */
static void ks_side_leave(struct ks_side *side)
{
	struct ks_domain *domain = side->domain, **link = &ks_domains;
	unsigned long state = ks_lock_acquire(&domain->lock);

	ks_store(side->is_driver ? &domain->driver : &domain->kernel, NULL);
	ks_lock_release(&domain->lock, state);
	while (ks_side_busy(side))
		ks_os_pause();
	ks_side_count(side, &ks_past);
	ks_side_free(side);
	if (domain->driver || domain->kernel)
		return;
	while (*link != domain)
		link = &(*link)->next;
	*link = domain->next;
	ks_os_free(domain);
}

void ks_domain_withdraw(struct ks_side *driver)
{
	ks_mutex_lock(&ks_domains_mutex);
	ks_side_leave(driver);
	ks_mutex_unlock(&ks_domains_mutex);
}

void ks_domain_close(struct ks_side *kernel)
{
	ks_mutex_lock(&ks_domains_mutex);
	ks_side_leave(kernel);
	ks_mutex_unlock(&ks_domains_mutex);
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
