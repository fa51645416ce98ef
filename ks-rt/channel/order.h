/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * Every memory ordering that channels rely on, by name and number. Nothing
 * else in mailbox.h, window.h, ring.h and channel.* orders anything.
 *
 * A build with -DKS_WEAKEN=n lacks the n-th; the tests do that for each, and
 * expect to be told (tests/ks-rt/orderings.c). The list is read by CMake: one
 * ordering a line, numbered from 1.
 */
#ifndef KS_ORDER_H
#define KS_ORDER_H

#ifndef KS_WEAKEN
#define KS_WEAKEN 0
#endif

#define KS_ORDER(n, order) (KS_WEAKEN == (n) ? __ATOMIC_RELAXED : (order))

/* Mailboxes: who sees the head sees the payload. */
#define KS_POST_RELEASE KS_ORDER(1, __ATOMIC_RELEASE)	 /* pairs with KS_RECEIVE_ACQUIRE */
#define KS_RECEIVE_ACQUIRE KS_ORDER(2, __ATOMIC_ACQUIRE) /* pairs with KS_POST_RELEASE */

/* Rings: the same; and who sees a slot free writes to it after it was read. */
#define KS_PUSH_RELEASE KS_ORDER(3, __ATOMIC_RELEASE) /* pairs with KS_POP_ACQUIRE */
#define KS_POP_ACQUIRE KS_ORDER(4, __ATOMIC_ACQUIRE)  /* pairs with KS_PUSH_RELEASE */
#define KS_FREE_RELEASE KS_ORDER(5, __ATOMIC_RELEASE) /* pairs with KS_FREE_ACQUIRE */
#define KS_FREE_ACQUIRE KS_ORDER(6, __ATOMIC_ACQUIRE) /* pairs with KS_FREE_RELEASE */

/* Closing: who is told that the channel has ended sees all that was done before. */
#define KS_CLOSE_RELEASE KS_ORDER(7, __ATOMIC_RELEASE)	  /* pairs with KS_CLOSED_ACQUIRE */
#define KS_CLOSED_ACQUIRE KS_ORDER(8, __ATOMIC_ACQUIRE)	  /* pairs with KS_CLOSE_RELEASE */
#define KS_STOP_RELEASE KS_ORDER(9, __ATOMIC_RELEASE)	  /* pairs with KS_STOPPED_ACQUIRE */
#define KS_STOPPED_ACQUIRE KS_ORDER(10, __ATOMIC_ACQUIRE) /* pairs with KS_STOP_RELEASE */

/*
 * Sleeping: a store, then a load of what the other one stores. Of two ends
 * that do so at once at least one sees the other's store: the sleeper the
 * work, or the ringer the sleeper.
 */
#define KS_SLEEP_FENCE KS_ORDER(11, __ATOMIC_SEQ_CST) /* pairs with KS_RING_FENCE */
#define KS_RING_FENCE KS_ORDER(12, __ATOMIC_SEQ_CST)  /* pairs with KS_SLEEP_FENCE */

/*
 * A full barrier if `order` asks for one. On x86 a locked instruction on the
 * stack: cheaper than mfence, which is what some compilers emit; and thread
 * sanitizers do not know fences.
 */
static inline __attribute__((always_inline)) void ks_fence(int order)
{
	if (order != __ATOMIC_SEQ_CST)
		return;
#ifdef __x86_64__
	__asm__ volatile("lock; addl $0, -4(%%rsp)" : : : "memory", "cc");
#else
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

#endif
