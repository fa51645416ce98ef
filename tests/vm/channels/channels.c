// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Channels between two kernel threads, each bound to a processor: loads if
 * calls, calls in flight, notices and shutdown do what they should under every way to wait.
 */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

#include "ks-rt/channel/channel.h"

#define SECOND 1000000000ull
#define CALLS 2000
#define NOTICES 5000

static const struct ks_channel_shape shape = { 8, 16, 256, 64, true };
static const struct ks_wait ways[] = {
	{ .spins = 1000, .yields = 1, .timeout = 60 * SECOND },
	/* A nap as long as the time-out: a lost wake-up is an error. */
	{ .sleeps = true, .timeout = 60 * SECOND, .nap = 60 * SECOND },
	{ .spins = 100, .yields = 10, .sleeps = true, .timeout = 60 * SECOND, .nap = 60 * SECOND },
};

static struct ks_channel ends[2];
static const struct ks_wait *way;
static DECLARE_COMPLETION(served);
static int server_error;
static unsigned int calls, notices;
module_param(calls, uint, 0444);
module_param(notices, uint, 0444);

/* Too large for a stack that others use too; one for each thread. */
struct filled {
	struct ks_payload payload;
	ks_u64 words[40];
};
static struct filled client_filled, server_filled;

static void fill(struct filled *filled, ks_u64 number, ks_u32 size)
{
	ks_u32 i;

	for (i = 0; i < 40; i++)
		filled->words[i] = number * 0x9e3779b97f4a7c15 + i;
	filled->payload = (struct ks_payload){ filled->words, sizeof(filled->words), size,
					     (ks_u16)number };
}

static bool is(const struct filled *filled, ks_u64 number, ks_u32 size)
{
	ks_u32 i;

	if (filled->payload.size != size || filled->payload.tag != (ks_u16)number)
		return false;
	for (i = 0; i < size / 8; i++)
		if (filled->words[i] != number * 0x9e3779b97f4a7c15 + i)
			return false;
	return true;
}

/* One look: echoes calls, those of the window the last one first. -EAGAIN or why it ended. */
static int serve(void *unused, bool thorough)
{
	static int slots[8];
	int error, taken = 0;

	fill(&server_filled, 0, 0);
	error = ks_channel_serve(&ends[1], &server_filled.payload);
	if (!error)
		error = ks_channel_answer(&ends[1], &server_filled.payload);
	while (taken < 8) {
		slots[taken] = ks_channel_take(&ends[1], &server_filled.payload, thorough);
		if (slots[taken] < 0)
			break;
		taken++;
	}
	while (taken--) {
		fill(&server_filled, slots[taken], 8);
		ks_channel_reply(&ends[1], slots[taken], &server_filled.payload);
		error = 0;
	}
	while (!ks_channel_pop(&ends[1], &server_filled.payload)) {
		if (!is(&server_filled, notices, 8 * (notices % 16)))
			return -EILSEQ;
		notices++;
		error = 0;
	}
	return error;
}

static int serve_all(void *unused)
{
	int error;

	do {
		ks_channel_flush(&ends[1]);
		error = ks_channel_wait(&ends[1], way, serve, NULL);
	} while (!error);
	server_error = error;
	complete(&served);
	return 0;
}

static int make_calls(void)
{
	ks_u32 i, size;
	int error;

	for (i = 0; i < CALLS; i++) {
		size = 8 * (i % 39);
		fill(&client_filled, i, size);
		error = ks_channel_call(&ends[0], &client_filled.payload, &client_filled.payload, way);
		if (error)
			return error;
		if (!is(&client_filled, i, size))
			return -EILSEQ;
		calls++;
	}
	return 0;
}

static int collect(void *slot, bool thorough)
{
	int found = ks_channel_collect_any(&ends[0], &client_filled.payload, thorough);

	if (found < 0)
		return found;
	*(int *)slot = found;
	return 0;
}

static int keep_in_flight(void)
{
	int i, slot, error;

	for (i = 0; i < CALLS / 8; i++) {
		fill(&client_filled, 0, 0);
		while (ks_channel_post(&ends[0], &client_filled.payload) >= 0)
			;
		ks_channel_flush(&ends[0]);
		while (ends[0].out.busy) {
			error = ks_channel_wait(&ends[0], way, collect, &slot);
			if (error)
				return error;
			if (!is(&client_filled, slot, 8))
				return -EILSEQ;
			calls++;
		}
	}
	return 0;
}

static int push(void *unused, bool thorough)
{
	return ks_channel_push(&ends[0], &client_filled.payload);
}

static int send_notices(void)
{
	ks_u32 i;
	int error;

	for (i = 0; i < NOTICES; i++) {
		fill(&client_filled, i, 8 * (i % 16));
		error = push(NULL, false);
		if (error == -EAGAIN) {
			ks_channel_flush(&ends[0]);
			error = ks_channel_wait(&ends[0], way, push, NULL);
		}
		if (error)
			return error;
	}
	ks_channel_flush(&ends[0]);
	return 0;
}

/* Closed by a thread that does not own the end, while the server waits. */
static int end_it(void)
{
	int slot;

	ks_channel_close(&ends[1]);
	wait_for_completion(&served);
	if (server_error != -EPIPE || notices != NOTICES)
		return server_error == -EPIPE ? -ENODATA : server_error;
	if (ks_channel_call(&ends[0], &client_filled.payload, &client_filled.payload, way) != -EPIPE ||
	    ks_channel_wait(&ends[0], way, collect, &slot) != -EPIPE)
		return -EILSEQ;
	return 0;
}

static int try_way(void *memory)
{
	struct task_struct *server;
	int end, error;

	memset(memory, 0, ks_channel_size(&shape));
	for (end = 0; end < 2; end++) {
		error = ks_channel_init(&ends[end], memory, &shape, end);
		if (error)
			return error;
	}
	notices = 0;
	server = kthread_create(serve_all, NULL, "ks_channels");
	if (IS_ERR(server))
		return PTR_ERR(server);
	kthread_bind(server, 1);
	wake_up_process(server);
	error = make_calls();
	if (!error)
		error = keep_in_flight();
	if (!error)
		error = send_notices();
	/* The server has all of them when it has answered a later call. */
	if (!error)
		error = make_calls();
	if (error) {
		ks_channel_stop(&ends[1], error);
		wait_for_completion(&served);
		return error;
	}
	return end_it();
}

static int __init channels_init(void)
{
	void *memory = vzalloc(ks_channel_size(&shape));
	int i, error = memory ? 0 : -ENOMEM;

	set_cpus_allowed_ptr(current, cpumask_of(0));
	for (i = 0; i < ARRAY_SIZE(ways) && !error; i++) {
		way = &ways[i];
		error = try_way(memory);
		if (error)
			pr_err("ks_channels: way %d: error %d after %u calls\n", i, error, calls);
	}
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	vfree(memory);
	return error;
}

static void __exit channels_exit(void)
{
}

module_init(channels_init);
module_exit(channels_exit);
MODULE_DESCRIPTION("Tries channels between two processors");
MODULE_LICENSE("Dual MIT/GPL");
