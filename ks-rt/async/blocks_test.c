// SPDX-License-Identifier: MIT
/* Blocks as C has them: what runs when, and what is whose variable. */
#include "ks-rt/async/blocks_test.h"

#include "ks-rt/async/async.h"

#ifdef __KERNEL__
typedef long ks_number; /* the kernel has no floating point */
#else
typedef double ks_number;
#endif

#define EXPECT(condition)                \
	do {                             \
		if (!(condition))        \
			return __LINE__; \
	} while (0)

int ks_blocks_order(void)
{
	struct ks_finish all;
	char order[16] = "";
	int n = 0;

	ks_finish (&all) {
		ks_async {
			order[n++] = 'a';
			ks_yield();
			order[n++] = 'd';
		}
		order[n++] = 'b';
		ks_async {
			order[n++] = 'c';
		}
	}
	order[n++] = 'e';
	EXPECT(!strcmp(order, "abcde"));
	EXPECT(all.error == 0);
	ks_finish (&all) {
		ks_async_id ended = 0, waits = 0;

		ks_async {
			ended = ks_async_self();
		}
		ks_async {
			waits = ks_async_self();
			n = ks_wait();
		}
		EXPECT(ks_resume(ended, 1) == -ESTALE); /* though it was on that stack */
		EXPECT(ks_resume(waits, 2) == 0);
	}
	EXPECT(n == 2);
	return 0;
}

int ks_blocks_variables(void)
{
	struct ks_finish all;
	long sum = 0;
	ks_number product = 3;
	int copied = 1, shared = 1, i;

	ks_finish (&all) {
		for (i = 0; i < 100; i++)
			ks_async_with (i, copied) {
				int before = i;

				copied++;
				ks_yield();
				sum += i == before && copied == 2 ? i : 1000000;
				shared = i;
			}
		ks_async {
			ks_number mine =
				product * 2; /* in a register over the wait, if it could be */

			ks_yield();
			product = mine + product;
		}
	}
	EXPECT(sum == 4950);
	EXPECT(copied == 1);
	EXPECT(shared == 99);
	EXPECT(product == 9);
	return 0;
}

static void ks_fill(int *numbers, int depth, int from, int to)
{
	struct ks_finish all;
	int middle = from + (to - from) / 2;

	if (to - from == 1) {
		ks_yield();
		numbers[from] = depth;
		return;
	}
	ks_finish (&all) {
		ks_async {
			ks_fill(numbers, depth + 1, from, middle);
		}
		ks_async {
			ks_yield();
			ks_fill(numbers, depth + 1, middle, to);
		}
	}
}

int ks_blocks_nest(void)
{
	struct ks_finish outer, inner;
	int numbers[256] = { 0 }, i, late = 0;

	ks_fill(numbers, 0, 0, 256);
	for (i = 0; i < 256; i++)
		EXPECT(numbers[i] == 8);
	ks_finish (&outer) {
		ks_async {
			struct ks_finish own;

			ks_finish (&own) {
				ks_async {
					ks_yield();
					ks_yield();
					late++;
				}
			}
			late = late == 1 ? 2 : -1;
		}
		ks_finish (&inner) {
			ks_async {
				ks_yield();
			}
		}
		EXPECT(late == 0); /* the inner block waits for its own */
	}
	EXPECT(late == 2);
	return 0;
}

static int ks_leave(int how, int *done)
{
	struct ks_finish all;
	int i;

	for (i = 0; i < 3; i++) {
		ks_finish (&all) {
			ks_async {
				ks_yield();
				++*done;
			}
			if (how == 1)
				return *done;
			if (how == 2)
				break;
			if (how == 3)
				goto out;
		}
	}
out:
	return *done;
}

int ks_blocks_leave_early(void)
{
	int how, done;

	for (how = 0; how < 4; how++) {
		done = 0;
		EXPECT(ks_leave(how, &done) == (how == 1 ? 0 : how == 3 ? 1 : 3));
		EXPECT(done == (how == 1 || how == 3 ? 1 : 3)); /* the value came before the wait */
	}
	return 0;
}

int ks_blocks_errors(void)
{
	struct ks_finish outer, inner;
	int i;

	ks_finish (&outer) {
		ks_finish (&inner) {
			for (i = 1; i <= 5; i++)
				ks_async_with (i) {
					ks_yield();
					ks_finish_fail(-i);
				}
		}
		EXPECT(inner.error == -1);
		EXPECT(outer.error == 0);
	}
	EXPECT(outer.error == 0);
	return 0;
}

int ks_blocks_cancel(void)
{
	struct ks_finish outer, cancelled, inside;
	ks_async_id other = 0;
	int waits[6] = { 0 }, shielded = 1, late = 0, inner = 0, marked = 0;

	ks_finish (&outer) {
		ks_async {
			other = ks_async_self();
			waits[0] = ks_wait();
		}
		ks_finish (&cancelled) {
			ks_async {
				waits[1] = ks_wait();
				waits[2] = ks_wait();
				waits[3] = ks_yield();
			}
			ks_async {
				struct ks_finish own;

				ks_finish (&own) {
					ks_async {
						waits[4] = ks_wait();
					}
					waits[5] = ks_wait();
				}
				marked = own.cancelled;
			}
			ks_async {
				ks_async_id self = ks_async_self();

				ks_async_shield(true);
				ks_async {
					ks_yield();
					ks_resume(self, 3);
				}
				shielded = ks_wait();
				ks_async_shield(false);
			}
			ks_finish_cancel(&cancelled, -EIO);
			EXPECT(ks_wait() == -ECANCELED);
			ks_finish (&inside) {
				struct ks_finish innermost;

				ks_finish (&innermost) {
					ks_async {
						late = ks_wait(); /* started when all was over */
					}
				}
				inner = ks_wait();
			}
			EXPECT(ks_wait() == -ECANCELED);
		}
		EXPECT(cancelled.error == -EIO);
		EXPECT(waits[0] == 0);
		EXPECT(ks_resume(other, 11) == 0); /* not in that block, and still waiting */
		EXPECT(ks_yield() == 0);
	}
	EXPECT(waits[0] == 11 && waits[1] == -ECANCELED && waits[2] == -ECANCELED);
	EXPECT(waits[3] == -ECANCELED && waits[4] == -ECANCELED && waits[5] == -ECANCELED);
	EXPECT(late == -ECANCELED && inner == -ECANCELED && marked);
	EXPECT(shielded == 3);
	EXPECT(outer.error == 0);
	return 0;
}

/* Copies of more than a register, and of alignment beyond a stack's. */
int ks_blocks_arrays(void)
{
	struct ks_finish all;
	struct big {
		_Alignas(64) char bytes[320];
	} big = { "" }, seen = { "" };
	int aligned = 0, i;

	for (i = 0; i < 320; i++)
		big.bytes[i] = (char)i;
	ks_finish (&all) {
		ks_async_with (big, i) {
			volatile size_t address =
				(size_t)&big; /* else its remainder is taken for granted */
			char local[1000];

			i++; /* with it, the copies do not end at such an address by themselves */
			memset(local, 5, sizeof(local));
			aligned = address % 64 == 0;
			ks_yield();
			if (local[999] == 5)
				seen = big;
			big.bytes[0]++;
		}
		memset(&big, 0, sizeof(big));
	}
	EXPECT(aligned);
	for (i = 0; i < 320; i++)
		EXPECT(seen.bytes[i] == (char)i);
	EXPECT(big.bytes[0] == 0);
	return 0;
}

int ks_blocks_many(int count)
{
	struct ks_finish all;
	struct ks_async_counts counts;
	long long sum = 0, expected = 0;
	int i;

	ks_finish (&all) {
		for (i = 0; i < count; i++) {
			expected += i;
			ks_async_with (i) {
				ks_yield();
				sum += i;
			}
		}
		ks_async_count(&counts);
	}
	EXPECT(all.error == 0);
	EXPECT(counts.pending == (ks_u32)count && counts.ready == (ks_u32)count);
	EXPECT(sum == expected);
	return 0;
}

int ks_blocks_without_a_stack(void)
{
	struct ks_finish all;
	int ran = 0, i;

	ks_finish (&all) {
		for (i = 0; i < 5; i++)
			ks_async_with (i) {
				ran += 1 + 0 * i;
				ks_yield();
			}
	}
	EXPECT(all.error == -ENOMEM);
	EXPECT(ran == 3);
	return 0;
}
