/* SPDX-License-Identifier: MIT */
/* What a domain of the tests can run: domain_code.c and domain_entry.S. Called in domains only. */
#ifndef BARE_DOMAIN_CODE_H
#define BARE_DOMAIN_CODE_H

#include <stdint.h>

#include "ks-rt/offset.h"
#include "tests/ks-rt/bare/layout.h"

/* A page that the domain and the kernel see, the domain at DOMAIN_MESSAGE. */
struct message {
	uint64_t registers[16]; /* rax rcx rdx rbx rsp rbp rsi rdi r8 .. r15 */
	uint64_t flags;
	uint64_t words[8];
};

KS_OFFSET(MESSAGE_REGISTERS, struct message, registers);
KS_OFFSET(MESSAGE_FLAGS, struct message, flags);

uint64_t domain_digits(uint64_t a, uint64_t b, uint64_t c);
uint64_t domain_count(void);		   /* how often this domain has been asked */
uint64_t domain_registers(void);	   /* stores them in the message */
uint64_t domain_spin(uint64_t turns);	   /* two instructions each; returns turns * 3 */
uint64_t domain_hold(uint64_t turns);	   /* the same with interrupts off */
uint64_t domain_ask(uint64_t request);	   /* calls the kernel; returns its answer + 1 */
uint64_t domain_ask_twice(uint64_t request); /* the answer to the answer */
uint64_t domain_ask_around(uint64_t turns);  /* asks 0, spins, asks 1; returns the second answer */
uint64_t domain_null(void);

/* Where domain_ask goes on. */
void domain_resume(void);

#endif
