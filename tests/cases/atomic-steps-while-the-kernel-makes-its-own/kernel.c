// SPDX-License-Identifier: MIT
#include <linux/api.h>

#include <pthread.h>

static struct dv D = { .level = 5 };
static int counted, stop;

static void *count(void *unused)
{
	do {
		atomic_inc_return(&D.users);
		test_and_set_bit(64, D.state);
		test_and_clear_bit(64, D.state);
		__atomic_fetch_add(&counted, 1, __ATOMIC_SEQ_CST);
	} while (!__atomic_load_n(&stop, __ATOMIC_SEQ_CST));
	return unused;
}

int kreg(int (*f)(struct dv *d))
{
	pthread_t thread;
	int wrong;

	kernel_only();
	pthread_create(&thread, 0, count, 0);
	while (!__atomic_load_n(&counted, __ATOMIC_SEQ_CST))
		;
	wrong = f(&D);
	__atomic_store_n(&stop, 1, __ATOMIC_SEQ_CST);
	pthread_join(thread, 0);
	return wrong + (D.users.counter != 3000 + counted) + (D.state[0] != 0) + (D.state[1] != 0);
}
