// SPDX-License-Identifier: MIT
// Runs a pair's driver as a part of its kernel.
#include "outcome.h"

int init_module(void);
void cleanup_module(void);

int main(void)
{
	return outcome(init_module, cleanup_module);
}
