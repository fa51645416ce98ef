/* SPDX-License-Identifier: MIT */
/*
 * A domain runs a snippet, and what comes of it: CONTAINED(claim, snippet, arguments,
 * what the visor reports), or HARMLESS(claim, snippet, arguments).
 */
#ifndef BARE_ATTACK_H
#define BARE_ATTACK_H

#include "tests/ks-rt/bare/snippets.h"
#include "tests/ks-rt/bare/world.h"

struct attack {
	const char *code, *end;
	uint64_t arguments[3];
	/* 0 where anything is right; other reasons may be right where processors differ. */
	struct ks_visor_fault fault;
	ks_u32 or_reason;
	bool interrupts; /* on, and a timer that fires */
};

extern struct domain attacker, neighbour;
extern uint64_t canary; /* the kernel's; no domain can change it */

/* The visor is on, the two domains are made and sealed. */
bool attack_prepare(const char *code, const char *end);
/* After the attacker was entered, and ks_gate_call() has returned `result`. */
void attack_judge(const struct attack *attack, long result);
/* The neighbour, the kernel and their memory are as they were. */
void attack_unharmed(void);
void attack_run(const struct attack *attack);

#define CODE(snippet) snippet_##snippet, snippet_##snippet##_end

#define ATTACK(claim, snippet, a, b, c, ...)                                   \
	TEST(claim)                                                            \
	{                                                                      \
		extern const char snippet_##snippet[], snippet_##snippet##_end[]; \
		attack_run(&(struct attack){ CODE(snippet),                    \
					     { (uint64_t)(a), (uint64_t)(b),   \
					       (uint64_t)(c) },                \
					     __VA_ARGS__ });                   \
	}
#define CONTAINED(claim, snippet, a, b, c, ...) \
	ATTACK(claim, snippet, a, b, c, .fault = { __VA_ARGS__ })
#define HARMLESS(claim, snippet, a, b, c) ATTACK(claim, snippet, a, b, c, .fault = { 0 })

#define PAGE_FAULT_AT(where) \
	.reason = KS_FAULT_EXCEPTION, .vector = VECTOR_PF, .address = (uint64_t)(where)
#define EXCEPTION(number) .reason = KS_FAULT_EXCEPTION, .vector = (number)
#define PRIVILEGED(exit) .reason = KS_FAULT_PRIVILEGED, .detail = (exit)

#endif
