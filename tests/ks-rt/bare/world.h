/* SPDX-License-Identifier: MIT */
/*
 * What the tests share: a visor that is on, domains made from the image's
 * domain sections, and snippets of code that a domain tries.
 */
#ifndef BARE_WORLD_H
#define BARE_WORLD_H

#include "ks-rt/visor/vmx.h"
#include "tests/ks-rt/bare/domain_code.h"
#include "tests/ks-rt/bare/test.h"

#define PERIOD 20000 /* of the visor's timer, in instructions */
#define BUDGET 100   /* periods */

struct domain {
	int index;
	ks_u64 token;
	struct message *message; /* as the kernel sees it */
	uint64_t text, data, stack, message_frame, snippet, own; /* physical */
	struct ks_gate gate; /* as domain_call() used it last */
};

void visor_setup(struct ks_visor_setup *setup);
/* Makes the visor and takes this processor; taken back by world_after(). */
bool visor_on(void);
bool visor_on_as(const struct ks_visor_setup *setup);
int visor_join(void); /* this processor, to the visor that is on */
int visor_leave(void);

/* A domain with text, data, stack, message page, a page of its own and `snippet`, if not NULL. */
int domain_open(struct domain *domain, const char *snippet, const char *snippet_end);
int domain_seal(struct domain *domain);
bool domain_make(struct domain *domain); /* both, without a snippet */
void domain_gate(const struct domain *domain, struct ks_gate *gate, const void *entry);
long domain_call(struct domain *domain, const void *entry, uint64_t a, uint64_t b, uint64_t c);
bool domain_end(struct domain *domain);

uint64_t exits_of(const struct ks_visor_statistics *statistics);
uint64_t pool_used(void);

#endif
