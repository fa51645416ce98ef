// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Two ends in one address space: the driver's is offered by name, the kernel's
 * opens what is offered. The transport between them is whichever is linked.
 */
#include "ks-rt/transport/direct.h"

static struct ks_domain *ks_domain_find(const char *name)
{
	struct ks_domain *domain = ks_domains;

	while (domain && (!domain->driver || strcmp(domain->driver->interface->name, name)))
		domain = domain->next;
	return domain;
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
	domain = ks_domain_make(&ks_local_transport);
	if (!domain)
		goto unlock;
	domain->driver = ks_side_make(driver, domain);
	if (domain->driver)
		side = domain->driver;
	else
		ks_domain_unmake(domain);
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
	error = domain->transport->open ? domain->transport->open(side) : 0;
	if (!error)
		return side;
	ks_side_leave(side);
	return ERR_PTR(error);
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

void ks_domain_withdraw(struct ks_side *driver)
{
	ks_mutex_lock(&ks_domains_mutex);
	ks_side_leave(driver);
	ks_mutex_unlock(&ks_domains_mutex);
}

void ks_domain_close(struct ks_side *kernel)
{
	ks_side_retire(kernel);
	ks_mutex_lock(&ks_domains_mutex);
	ks_side_leave(kernel);
	ks_mutex_unlock(&ks_domains_mutex);
}
