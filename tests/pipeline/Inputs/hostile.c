// SPDX-License-Identifier: MIT
// The same run with one message from the driver's end spoilt: nothing that it says may harm the
// kernel's end. A run is a process of its own; the sanitizers watch it.
// Linked with --wrap=ks_call: what the driver's end asks is spoilt before it is
// carried over, what it answers after that.

#include "ks-rt/end/end.h"
#include "ks-rt/end/statistics.h"
#include "paper.h"
#include "shelf_kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define RUNS 3000

enum spoil { TRUNCATED, EXTENDED, BIT, WORD, REFERENCE, SIZE, CROSSING, SPOILS };

struct outcome {
	unsigned int messages; /* from the driver's end */
	unsigned int stopped;
};

static struct outcome *outcome; /* shared with the runs */
static unsigned int victim, seed;
static enum spoil spoil;

int __real_ks_call(struct ks_end *end, ks_u32 crossing, struct ks_message *message);
int __wrap_ks_call(struct ks_end *end, ks_u32 crossing, struct ks_message *message);

static unsigned int below(unsigned int limit)
{
	seed = seed * 1664525 + 1013904223;
	return limit ? (seed >> 8) % limit : 0;
}

static void spoil_word(struct ks_message *message)
{
	static const ks_u64 words[] = { 0, 1, ~0ull, 1ull << 63, 0x7fffffffffffffff, 0x100000001 };
	ks_u64 *word = (ks_u64 *)message->data + below(message->size / 8);

	if (message->size >= 8)
		*word = words[below(sizeof(words) / sizeof(*words))];
}

/* A neighbouring slot, generation, type or owner of whatever looks like a reference. */
static void spoil_reference(struct ks_message *message)
{
	static const int shifts[] = { 0, 1, 24, 25, 48, 49, 63 };
	ks_u64 *word = (ks_u64 *)message->data;
	unsigned int count = message->size / 8, from = below(count), i;

	for (i = 0; i < count; i++) {
		ks_u64 *candidate = &word[(from + i) % count];

		if (!(*candidate >> 48 & 0x7fff) || !(*candidate >> 24 & 0xffffff))
			continue;
		*candidate ^= 1ull << shifts[below(sizeof(shifts) / sizeof(*shifts))];
		return;
	}
}

static void spoil_message(struct ks_message *message, ks_u32 *crossing)
{
	switch (spoil) {
	case TRUNCATED:
		message->size = below(message->size);
		break;
	case EXTENDED:
		while (message->size < message->capacity && below(64))
			message->data[message->size++] = (ks_u8)below(256);
		break;
	case BIT:
		if (message->size)
			message->data[below(message->size)] ^= (ks_u8)(1 << below(8));
		break;
	case WORD:
		spoil_word(message);
		break;
	case REFERENCE:
		spoil_reference(message);
		break;
	case SIZE:
		message->size = message->capacity + 1 + below(1000000);
		break;
	default:
		*crossing = below(4) ? below(KS_CROSSINGS) : seed;
	}
}

int __wrap_ks_call(struct ks_end *end, ks_u32 crossing, struct ks_message *message)
{
	int error;

	if (end->is_driver && outcome->messages++ == victim)
		spoil_message(message, &crossing);
	error = __real_ks_call(end, crossing, message);
	if (!end->is_driver && !error && outcome->messages++ == victim)
		/* The size of a reply is the transport's to check: it has done so by now. */
		if (spoil != SIZE)
			spoil_message(message, &crossing);
	return error;
}

static void use_shelf(struct shelf *shelf)
{
	struct shelf_stats stats;
	struct parcel *parcel;
	int i;

	open_shelf(shelf);
	for (i = 0; i < 4 && shelves[0] == shelf; i++) {
		parcel = make_parcel(i, "box", i % 2);
		send_parcel(shelf, parcel);
		if (parcel_alive(parcel) && parcel->seal != 0x5ea1)
			abort();
		/* The kernel's own frees end no reference: what is left goes the driver's way. */
		if (parcel_alive(parcel)) {
			parcel->fragile = true;
			send_parcel(shelf, parcel);
		}
	}
	if (shelves[0] == shelf)
		descend_shelf(shelf, 3);
	if (shelves[0] == shelf)
		read_shelf(shelf, &stats);
	if (shelves[0] == shelf && shelf->secret != 0x5ec2e7)
		abort();
	if (shelves[0] == shelf)
		close_shelf(shelf);
}

static void run(void)
{
	struct ks_statistics statistics;

	outcome->messages = 0;
	paper_driver_start();
	if (!paper_kernel_start()) {
		if (shelves[0])
			use_shelf(shelves[0]);
		paper_kernel_stop();
	}
	ks_all_statistics(&statistics);
	outcome->stopped = statistics.stopped_domains != 0;
	if (statistics.messages_in_use)
		abort();
	paper_driver_stop();
}

/* Runs in a process of its own; whether it came to an orderly end. */
static bool survives(void)
{
	int status = 0;
	pid_t child = fork();

	if (!child) {
		if (!freopen("/dev/null", "w", stdout))
			abort();
		run();
		_exit(0);
	}
	return child > 0 && waitpid(child, &status, 0) == child && !status;
}

int main(void)
{
	unsigned int stops[SPOILS] = { 0 }, runs[SPOILS] = { 0 }, messages, i;

	outcome = mmap(NULL, sizeof(*outcome), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		       -1, 0);
	victim = ~0u;
	if (!survives() || outcome->stopped || outcome->messages < 20) {
		fprintf(stderr, "an honest driver fails\n");
		return 1;
	}
	messages = outcome->messages;
	for (i = 0; i < RUNS; i++) {
		seed = i * 2654435761u;
		spoil = i % SPOILS;
		victim = i / SPOILS % messages;
		if (!survives()) {
			fprintf(stderr, "run %u (message %u, spoil %d) harms the kernel\n", i, victim,
				spoil);
			return 1;
		}
		runs[spoil]++;
		stops[spoil] += outcome->stopped;
	}
	for (i = 0; i < SPOILS; i++)
		printf("spoil %u: %u of %u runs stopped the domain\n", i, stops[i], runs[i]);
	return stops[TRUNCATED] * 10 < runs[TRUNCATED] * 9 || stops[REFERENCE] * 10 < runs[REFERENCE] * 4;
}
