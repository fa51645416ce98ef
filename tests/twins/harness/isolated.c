// SPDX-License-Identifier: MIT
// Runs a pair's driver in a domain of the same process, behind the glue made for it.
#include "ks-rt/rt.h"
#include "outcome.h"

struct ks_end *m_driver_start(void);
int m_kernel_start(void);
void m_kernel_stop(void);

int main(void)
{
	struct ks_end *end = m_driver_start();

	if (IS_ERR(end)) {
		printf("no domain: %ld\n", PTR_ERR(end));
		return 1;
	}
	return outcome(m_kernel_start, m_kernel_stop);
}
