// SPDX-License-Identifier: MIT
// Runs a case's driver in a domain of the same process, behind the glue made for it.
#include "ks-rt/rt.h"
#include "outcome.h"

struct ks_end *m_driver_start(void);
int m_kernel_start(void);
extern const unsigned long ks_lib___per_cpu_offset[8];

int main(void)
{
	struct ks_end *end;

	ks_user_processors(8, ks_lib___per_cpu_offset);
	end = m_driver_start();
	if (IS_ERR(end)) {
		printf("no domain: %ld\n", PTR_ERR(end));
		return 1;
	}
	return outcome(m_kernel_start());
}
