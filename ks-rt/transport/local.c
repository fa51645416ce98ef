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

struct ks_end *ks_domain_offer(const struct ks_interface *driver)
{
	struct ks_domain *domain;
	struct ks_end *end = ERR_PTR(-EINVAL);

	if (!ks_interface_valid(driver, true))
		return end;
	ks_mutex_lock(&ks_domains_mutex);
	end = ERR_PTR(-EEXIST);
	if (ks_domain_find(driver->name))
		goto unlock;
	end = ERR_PTR(-ENOMEM);
	domain = ks_domain_make(&ks_local_transport);
	if (!domain)
		goto unlock;
	domain->driver = ks_end_make(driver, domain);
	if (domain->driver)
		end = domain->driver;
	else
		ks_domain_unmake(domain);
unlock:
	ks_mutex_unlock(&ks_domains_mutex);
	return end;
}

static bool ks_interfaces_match(const struct ks_interface *a, const struct ks_interface *b)
{
	return a->hash == b->hash && a->type_count == b->type_count &&
	       a->function_count == b->function_count && a->global_count == b->global_count &&
	       a->crossing_count == b->crossing_count;
}

/* A driver's end that was open before starts afresh. */
static int ks_end_renew(struct ks_end *end)
{
	if (end->messages.active[0] || end->messages.active[1])
		return -EBUSY;
	end->turns.given = end->turns.applied = 0;
	ks_objects_free(end);
	return ks_objects_init(end);
}

static struct ks_end *ks_domain_pair(struct ks_domain *domain, const struct ks_interface *kernel)
{
	struct ks_end *end;
	unsigned long state;
	int error;

	if (domain->kernel)
		return ERR_PTR(-EEXIST);
	if (!ks_interfaces_match(kernel, domain->driver->interface))
		return ERR_PTR(-ENOEXEC);
	if (domain->stopped)
		return ERR_PTR(-EIO);
	error = ks_end_renew(domain->driver);
	if (error)
		return ERR_PTR(error);
	end = ks_end_make(kernel, domain);
	if (!end)
		return ERR_PTR(-ENOMEM);
	state = ks_lock_acquire(&domain->lock);
	ks_store(&domain->kernel, end);
	ks_lock_release(&domain->lock, state);
	error = domain->transport->open ? domain->transport->open(end) : 0;
	if (!error)
		return end;
	ks_end_leave(end);
	return ERR_PTR(error);
}

struct ks_end *ks_domain_open(const struct ks_interface *kernel)
{
	struct ks_domain *domain;
	struct ks_end *end;

	if (!ks_interface_valid(kernel, false))
		return ERR_PTR(-EINVAL);
	ks_mutex_lock(&ks_domains_mutex);
	domain = ks_domain_find(kernel->name);
	end = domain ? ks_domain_pair(domain, kernel) : ERR_PTR(-ENOENT);
	ks_mutex_unlock(&ks_domains_mutex);
	return end;
}

void ks_domain_withdraw(struct ks_end *driver)
{
	ks_mutex_lock(&ks_domains_mutex);
	ks_end_leave(driver);
	ks_mutex_unlock(&ks_domains_mutex);
}

void ks_domain_close(struct ks_end *kernel)
{
	ks_end_retire(kernel);
	ks_mutex_lock(&ks_domains_mutex);
	ks_end_leave(kernel);
	ks_mutex_unlock(&ks_domains_mutex);
}
