// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Addresses that cross as numbers, where nothing is known to lie: what the one end hands back to the other one,
 * and does not follow. That it does not is what the analysis says, which may err; so the kernel's end gives its
 * own code no address that the domain has chosen. It remembers each number that it has sent, takes these as they
 * are, with addresses in the pages that they stand for, and veils any other address: with its top byte changed it
 * is none of any processor's (canonical form, with four or five levels of page tables), is still told apart from
 * all others, and is itself again on its way back to the driver. Who follows it gets a fault.
 *
 * Not covered: a number that the kernel has given at another place, or whose memory it has freed since; addresses
 * of user space, which only the functions that copy from there follow.
 *
 * The numbers are in buckets, each a list of nodes that only grow, so that they are looked for without
 * the lock; an end has them as long as it lives.
 */
#include "ks-rt/end/end.h"

#define KS_NUMBERS_IN_NODE 15
#define KS_VEIL (0x5aull << 56)
/* In a test whose ends share their memory, the driver is not to find what is there either. */
#ifdef KS_COOKIES_ARE_NO_ADDRESSES
#define KS_SHOWN (0x3cull << 56)
#else
#define KS_SHOWN 0
#endif

struct ks_numbers_node {
	struct ks_numbers_node *next;
	const void *numbers[KS_NUMBERS_IN_NODE]; /* NULL from the first place on that is free */
};

static struct ks_numbers_node **ks_numbers_bucket(struct ks_end *end, const void *number)
{
	const ks_u64 hash = (size_t)number * 0x9e3779b97f4a7c15ull;

	return &end->numbers.buckets[hash >> 32 & (KS_NUMBER_BUCKETS - 1)];
}

static bool ks_numbers_has(struct ks_end *end, const void *number)
{
	const struct ks_numbers_node *node =
		__atomic_load_n(ks_numbers_bucket(end, number), __ATOMIC_ACQUIRE);
	size_t i;

	for (; node; node = node->next)
		for (i = 0; i < KS_NUMBERS_IN_NODE && ks_load(&node->numbers[i]); i++)
			if (ks_load(&node->numbers[i]) == number)
				return true;
	return false;
}

/* Of what a page holds, the number of the page is enough. */
static bool ks_numbers_cover(struct ks_end *end, const void *number)
{
	const void *page;

	if (ks_numbers_has(end, number))
		return true;
	page = ks_os_page_of(number);
	return page && ks_numbers_has(end, page);
}

/* Only the first node of a bucket has room. */
static bool ks_numbers_fill(struct ks_numbers_node *node, const void *number)
{
	size_t i;

	for (i = 0; node && i < KS_NUMBERS_IN_NODE; i++) {
		if (node->numbers[i])
			continue;
		ks_store(&node->numbers[i], number);
		return true;
	}
	return false;
}

/*
 * Whether it is remembered from now on. Memory is allocated with the lock released. What is no address of the kernel's
 * may be any number of numbers: half of the room is not for them.
 */
static bool ks_numbers_add(struct ks_end *end, const void *number)
{
	const ks_u32 most = KS_NUMBER_NODES_MAX >> !ks_may_be_followed(number);
	struct ks_numbers_node **bucket = ks_numbers_bucket(end, number), *made = NULL;
	bool has = ks_numbers_has(end, number);

	while (!has) {
		unsigned long state = ks_lock_acquire(&end->lock);

		has = ks_numbers_has(end, number) || ks_numbers_fill(*bucket, number);
		if (!has && made) {
			made->next = *bucket;
			made->numbers[0] = number;
			__atomic_store_n(bucket, made, __ATOMIC_RELEASE);
			end->numbers.nodes++;
			made = NULL;
			has = true;
		}
		ks_lock_release(&end->lock, state);
		if (has || ks_load(&end->numbers.nodes) >= most)
			break;
		made = ks_os_alloc(sizeof(*made));
		if (!made)
			break;
	}
	ks_os_free(made);
	return has;
}

void ks_numbers_free(struct ks_end *end)
{
	size_t i;

	for (i = 0; i < KS_NUMBER_BUCKETS; i++) {
		while (end->numbers.buckets[i]) {
			struct ks_numbers_node *node = end->numbers.buckets[i];

			end->numbers.buckets[i] = node->next;
			ks_os_free(node);
		}
	}
}

static void *ks_number_veiled(const void *number, ks_u64 veil)
{
	return (void *)(size_t)((ks_u64)(size_t)number ^ veil);
}

static const void *ks_number_sent_by_driver(const void *number)
{
	const void *shown = ks_number_veiled(number, KS_SHOWN);

	return ks_may_be_followed(shown) ? shown : number;
}

const void *ks_number_sent(struct ks_end *end, struct ks_message *message, const void *number)
{
	const void *drivers = ks_number_veiled(number, KS_VEIL);

	if (end->is_driver)
		return ks_number_sent_by_driver(number);
	if (ks_may_be_followed(drivers))
		return drivers;
	if (ks_is_address(number) && !ks_numbers_add(end, number) && ks_may_be_followed(number))
		ks_message_fail(message, -ENOMEM);
	return ks_may_be_followed(number) ? ks_number_veiled(number, KS_SHOWN) : number;
}

void *ks_number_got(struct ks_end *end, const void *number)
{
	if (end->is_driver && ks_is_address(number))
		ks_numbers_add(end, number);
	if (!end->is_driver && ks_may_be_followed(number) && !ks_numbers_cover(end, number))
		return ks_number_veiled(number, KS_VEIL);
	return (void *)(size_t)number;
}

bool ks_number_has_crossed(struct ks_end *end, const void *number)
{
	return ks_may_be_followed(ks_number_veiled(number, KS_VEIL)) || ks_numbers_has(end, number);
}

bool ks_number_is_kernels(struct ks_end *end, const void *number)
{
	return ks_numbers_cover(end, number) &&
	       !(end->is_driver && ks_object_is_drivers(end, number));
}
