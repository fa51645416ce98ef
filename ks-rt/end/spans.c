// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Spans of memory by address: a treap, of which every node also knows how far the spans below it
 * reach, so that those which hold an address are found without looking at the others. In order are
 * rising starts and, of one start, falling ends: of nested spans the inner one is behind. Nothing is
 * allocated; the caller has a lock. Recursion is as deep as the tree, some ten times its logarithm
 * at the very most.
 */
#include "ks-rt/end/spans.h"

static bool ks_span_is_before(const struct ks_span *a, const struct ks_span *b)
{
	if (a->start != b->start)
		return a->start < b->start;
	return a->end != b->end ? a->end > b->end : a < b;
}

static void ks_span_update(struct ks_span *span)
{
	span->most = span->end;
	if (span->left && span->left->most > span->most)
		span->most = span->left->most;
	if (span->right && span->right->most > span->most)
		span->most = span->right->most;
}

static void ks_span_split(struct ks_span *tree, const struct ks_span *at, struct ks_span **left,
			  struct ks_span **right)
{
	if (!tree) {
		*left = *right = NULL;
		return;
	}
	if (ks_span_is_before(tree, at)) {
		*left = tree;
		ks_span_split(tree->right, at, &tree->right, right);
	} else {
		*right = tree;
		ks_span_split(tree->left, at, left, &tree->left);
	}
	ks_span_update(tree);
}

static struct ks_span *ks_span_merge(struct ks_span *left, struct ks_span *right)
{
	struct ks_span *tree;

	if (!left || !right)
		return left ? left : right;
	if (left->priority > right->priority) {
		tree = left;
		tree->right = ks_span_merge(left->right, right);
	} else {
		tree = right;
		tree->left = ks_span_merge(left, right->left);
	}
	ks_span_update(tree);
	return tree;
}

static void ks_span_insert(struct ks_span **tree, struct ks_span *span)
{
	if (!*tree || (*tree)->priority < span->priority) {
		ks_span_split(*tree, span, &span->left, &span->right);
		*tree = span;
	} else {
		ks_span_insert(ks_span_is_before(span, *tree) ? &(*tree)->left : &(*tree)->right,
			       span);
	}
	ks_span_update(*tree);
}

void ks_span_add(struct ks_span **tree, struct ks_span *span, const void *address, size_t size)
{
	span->start = (size_t)address;
	span->end = span->start + (size ? size : 1);
	span->priority = (ks_u32)((ks_u64)(size_t)span * 0x9e3779b97f4a7c15ull >> 32);
	ks_span_insert(tree, span);
}

void ks_span_remove(struct ks_span **tree, struct ks_span *span)
{
	if (*tree == span) {
		*tree = ks_span_merge(span->left, span->right);
		return;
	}
	ks_span_remove(ks_span_is_before(span, *tree) ? &(*tree)->left : &(*tree)->right, span);
	ks_span_update(*tree);
}

struct ks_span *ks_span_holding(struct ks_span *tree, const void *address,
				const struct ks_span *before)
{
	size_t at = (size_t)address;

	while (tree && tree->most > at) {
		if (tree->start <= at && (!before || ks_span_is_before(tree, before))) {
			struct ks_span *found = ks_span_holding(tree->right, address, before);

			if (found)
				return found;
			if (tree->end > at)
				return tree;
		}
		tree = tree->left;
	}
	return NULL;
}

struct ks_span *ks_span_first(struct ks_span *tree, const void *address)
{
	struct ks_span *found = NULL;

	while (tree) {
		if (tree->start >= (size_t)address) {
			found = tree;
			tree = tree->left;
		} else {
			tree = tree->right;
		}
	}
	return found;
}
