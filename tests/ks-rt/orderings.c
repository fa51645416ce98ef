// SPDX-License-Identifier: MIT
/*
 * Whether channels lack an ordering. Built once with each of ks-rt/channel/order.h
 * weakened and once with none; a lack shows
 *
 *	orderings races		as a data race, to the thread sanitizer
 *	orderings sleep ...	as a wake-up that got lost, on real processors
 *
 * The second looks for a store that is still in its processor's buffer while a later load
 * is done. The sanitizer knows no such thing, and would slow down what has to meet.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ks-rt/channel/user.h"

#define SECOND 1000000000ull
#define ROUNDS 3000

static const struct ks_channel_shape shape = { 4, 4, 64, 64, true };
static struct ks_channel ends[2];

static void require(bool good, const char *what)
{
	if (good)
		return;
	printf("%s\n", what);
	fflush(stdout);
	_exit(1);
}

static void open_channel(void)
{
	size_t size = ks_channel_size(&shape);
	int fd = ks_channel_memory_make(size);
	void *memory = ks_channel_memory_map(fd, size);
	int end;

	require(!IS_ERR(memory), "no memory");
	close(fd);
	for (end = 0; end < 2; end++)
		require(!ks_channel_init(&ends[end], memory, &shape, end), "no channel");
}

struct filled {
	struct ks_payload payload;
	ks_u64 words[15];
};

static void fill(struct filled *filled, ks_u64 number)
{
	int i;

	for (i = 0; i < 15; i++)
		filled->words[i] = number + (ks_u64)i;
	filled->payload = (struct ks_payload){ filled->words, sizeof(filled->words), 120, 0 };
}

static void check(const struct filled *filled, ks_u64 number)
{
	int i;

	for (i = 0; i < 15; i++)
		require(filled->words[i] == number + (ks_u64)i, "wrong contents");
}

/* ---- races ---- */

static void *serve(void *unused)
{
	struct filled filled;
	ks_u64 i;

	fill(&filled, 0);
	for (i = 0; i < ROUNDS; i++) {
		while (ks_channel_serve(&ends[1], &filled.payload))
			sched_yield();
		check(&filled, i);
		fill(&filled, i + 1);
		ks_channel_answer(&ends[1], &filled.payload);
	}
	return unused;
}

static void race_mailbox(void)
{
	struct filled filled;
	pthread_t server;
	ks_u64 i;

	open_channel();
	pthread_create(&server, NULL, serve, NULL);
	for (i = 0; i < ROUNDS; i++) {
		fill(&filled, i);
		ks_mailbox_post(&ends[0].call, &filled.payload);
		while (ks_mailbox_collect(&ends[0].call, &filled.payload))
			sched_yield();
		check(&filled, i + 1);
	}
	pthread_join(server, NULL);
}

static void *consume(void *unused)
{
	struct filled filled;
	ks_u64 i;

	fill(&filled, 0);
	for (i = 0; i < ROUNDS; i++) {
		while (ks_channel_pop(&ends[1], &filled.payload))
			sched_yield();
		check(&filled, i);
	}
	return unused;
}

static void race_ring(void)
{
	struct filled filled;
	pthread_t consumer;
	ks_u64 i;

	open_channel();
	pthread_create(&consumer, NULL, consume, NULL);
	for (i = 0; i < ROUNDS; i++) {
		fill(&filled, i);
		while (ks_channel_push(&ends[0], &filled.payload))
			sched_yield();
	}
	pthread_join(consumer, NULL);
}

static int done;	/* what was done before a channel was closed; no atomic on purpose */

static void *close_end(void *channel)
{
	done = 1;
	ks_channel_close(channel);
	return NULL;
}

/* Closed by a thread of either end: who is told sees what the closer did before. */
static void race_close(int end)
{
	pthread_t closer;

	open_channel();
	done = 0;
	pthread_create(&closer, NULL, close_end, &ends[end]);
	while (!ks_channel_state(&ends[0]))
		sched_yield();
	require(done == 1, "closed before it was done");
	pthread_join(closer, NULL);
}

/* ---- sleep ---- */

static void pin(int processor)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(processor, &set);
	if (sched_setaffinity(0, sizeof(set), &set)) {
		printf("two processors are needed\n");
		exit(77);
	}
}

static int poll_request(void *payload, bool thorough)
{
	(void)thorough;
	return ks_channel_serve(&ends[1], payload);
}

static void *serve_asleep(void *unused)
{
	const struct ks_wait how = { .sleeps = true, .nap = 1000 * SECOND };
	struct filled filled;

	pin(1);
	fill(&filled, 0);
	while (!ks_channel_wait(&ends[1], &how, poll_request, &filled.payload)) {
		ks_channel_answer(&ends[1], &filled.payload);
		ks_channel_flush(&ends[1]);
	}
	return unused;
}

/*
 * The server sleeps at once; requests come when it is about to. Looking at its bell brings that
 * line here, so that the server's store to it takes long.
 */
static void lose_wake_up(ks_u64 length, ks_u64 patience)
{
	const struct ks_wait how = { .spins = ~0u, .timeout = patience };
	struct filled filled;
	pthread_t server;
	ks_u64 end = ks_os_now() + length, i;
	unsigned random = 1, wait;

	open_channel();
	pin(0);
	pthread_create(&server, NULL, serve_asleep, NULL);
	for (i = 0; i % 256 || ks_os_now() < end; i++) {
		random = random * 1103515245 + 12345;
		for (wait = random >> 16 & 127; wait; wait--)
			ks_load(&ends[0].theirs->bell);
		fill(&filled, i);
		filled.payload.size = 8;
		require(ks_channel_call(&ends[0], &filled.payload, &filled.payload, &how) != -ETIMEDOUT,
			"lost wake-up");
	}
	ks_channel_close(&ends[0]);
	pthread_join(server, NULL);
}

int main(int argc, char **argv)
{
	int i;

	if (argc == 2 && !strcmp(argv[1], "races")) {
		race_mailbox();
		race_ring();
		for (i = 0; i < 20; i++)
			race_close(i % 2);
	} else if (argc == 4 && !strcmp(argv[1], "sleep")) {
		lose_wake_up((ks_u64)atoi(argv[2]) * SECOND, (ks_u64)atoi(argv[3]) * SECOND);
	} else {
		fprintf(stderr, "Usage: orderings races | sleep SECONDS PATIENCE\n");
		return 2;
	}
	printf("nothing is lacking\n");
	return 0;
}
