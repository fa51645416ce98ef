/* SPDX-License-Identifier: Dual MIT/GPL */
/* Spans of memory by address: which of them hold one. All under the lock of whoever has the tree. */
#ifndef KS_SPANS_H
#define KS_SPANS_H

#include "ks-rt/rt.h"

#ifdef __cplusplus
extern "C" {
#endif

/* From `start` to before `end`, in a tree by address. */
struct ks_span {
	struct ks_span *left, *right;
	size_t start, end;
	size_t most; /* highest end in the tree below, this one included */
	ks_u32 priority;
};

void ks_span_add(struct ks_span **tree, struct ks_span *span, const void *address, size_t size);
void ks_span_remove(struct ks_span **tree, struct ks_span *span);
/* The innermost span that holds the address; of those in order before `before`, unless that is NULL. */
struct ks_span *ks_span_holding(struct ks_span *tree, const void *address,
				const struct ks_span *before);
/* The first that starts at the address or after it. */
struct ks_span *ks_span_first(struct ks_span *tree, const void *address);

#ifdef __cplusplus
}
#endif

#endif
