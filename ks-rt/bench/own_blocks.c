// SPDX-License-Identifier: MIT
/* What own.cpp measures of blocks. */
#include "ks-rt/async/async.h"

void ks_bench_block_run(volatile ks_u64 *counter, ks_u64 runs);
void ks_bench_block_wait(volatile ks_u64 *counter, ks_u64 runs);
void ks_bench_block_pending(volatile ks_u64 *counter, ks_u64 runs, int pending);

void ks_bench_block_run(volatile ks_u64 *counter, ks_u64 runs)
{
	ks_u64 i;

	for (i = 0; i < runs; i++)
		ks_async_with (counter) {
			++*counter;
		}
}

void ks_bench_block_wait(volatile ks_u64 *counter, ks_u64 runs)
{
	struct ks_finish all;
	ks_u64 i;

	for (i = 0; i < runs; i++)
		ks_finish (&all) {
			ks_async_with (counter) {
				++*counter;
				ks_yield();
			}
		}
}

void ks_bench_block_pending(volatile ks_u64 *counter, ks_u64 runs, int pending)
{
	struct ks_finish all;
	ks_u64 i;
	int j;

	for (i = 0; i < runs; i++)
		ks_finish (&all) {
			for (j = 0; j < pending; j++)
				ks_async_with (counter) {
					++*counter;
					ks_yield();
				}
		}
}
