// SPDX-License-Identifier: Dual MIT/GPL
/* Offering a domain that shares the kernel's address space, with its variables filled. */
#include <linux/export.h>

#include "ks-rt/inside/data.h"

struct ks_end *ks_domain_offer_data(const struct ks_interface *driver, const struct ks_datum *data,
				    unsigned int count)
{
	int error = ks_inside_fill(driver->name, data, count);

	return error ? ERR_PTR(error) : ks_domain_offer(driver);
}
EXPORT_SYMBOL_GPL(ks_domain_offer_data);
EXPORT_SYMBOL_GPL(ks_domain_withdraw);
