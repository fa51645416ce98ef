// SPDX-License-Identifier: Dual MIT/GPL
/* The dispatcher of a hub: one thread of the system that polls its ports and runs what they ask for. */
#include "ks-rt/transport/port.h"

void ks_hub_init(struct ks_hub *hub, struct ks_port *ports, ks_u32 count,
		 const struct ks_wait *wait)
{
	ks_u32 i;

	hub->ports = ports;
	hub->count = count;
	hub->wait = wait;
	hub->runtime = NULL;
	hub->served = NULL;
	hub->error = 0;
	for (i = 0; i < count; i++)
		ports[i].hub = hub;
}

void ks_hub_stop(struct ks_hub *hub, int error)
{
	ks_u32 i;

	for (i = 0; i < hub->count; i++)
		ks_channel_stop(&hub->ports[i].channel, error);
}

/* By the finish blocks around the thread: threads that a call has started are part of it. */
struct ks_served *ks_hub_served(struct ks_hub *hub)
{
	struct ks_runtime *runtime = ks_load(&hub->runtime);
	const struct ks_finish *finish;
	struct ks_served *served;

	if (!runtime || runtime != ks_runtime_here())
		return NULL;
	for (finish = runtime->running->finish; finish; finish = finish->outer)
		for (served = hub->served; served; served = served->next)
			if (&served->finish == finish)
				return served;
	return NULL;
}

/* ---- serving ---- */

/* The block waits for all threads that the call has started, so that the answer is its last. */
static void ks_served_run(struct ks_hub *hub, struct ks_incoming *incoming)
{
	const struct ks_server *server = incoming->port->server;
	struct ks_served served = { .next = hub->served,
				    .port = incoming->port,
				    .level = incoming->payload.tag };
	struct ks_served **at = &hub->served;

	hub->served = &served;
	ks_finish (&served.finish)
		server->serve(server->context, incoming->port, &incoming->payload);
	while (*at != &served)
		at = &(*at)->next;
	*at = served.next;
}

void ks_incoming_serve(struct ks_incoming *incoming)
{
	struct ks_hub *hub = incoming->port->hub;
	const struct ks_server *server = incoming->port->server;

	if (hub)
		ks_served_run(hub, incoming);
	else
		server->serve(server->context, incoming->port, &incoming->payload);
	ks_incoming_answer(incoming);
}

/* The argument is on the dispatcher's stack, for as long as this has not waited. */
static void ks_served_begin(void *argument)
{
	struct ks_incoming incoming = *(struct ks_incoming *)argument;

	incoming.payload.data = incoming.words;
	ks_incoming_serve(&incoming);
}

static void ks_hub_start(struct ks_incoming *incoming)
{
	const struct ks_server *server = incoming->port->server;

	if (!ks_async_call(ks_served_begin, incoming))
		return;
	server->refuse(server->context, incoming->port, &incoming->payload);
	ks_incoming_answer(incoming);
}

bool ks_hub_urgent(struct ks_hub *hub, ks_u16 level, struct ks_incoming *incoming)
{
	ks_u32 i;

	for (i = 0; i < hub->count; i++) {
		struct ks_port *port = &hub->ports[i];
		struct ks_window *in = &port->channel.in;
		ks_u64 left = in->all & ~in->busy;

		for (; left; left &= left - 1) {
			struct ks_mailbox *slot = &in->slots[__builtin_ctzll(left)];

			if (ks_mailbox_ready(slot) &&
			    (ks_u16)(ks_load(&slot->line->head) >> 16) > level &&
			    !ks_incoming_take(port, incoming, true))
				return true;
		}
	}
	return false;
}

/* ---- polling ---- */

/* True if anything was there. */
static bool ks_port_poll(struct ks_port *port, bool thorough)
{
	struct ks_incoming incoming;
	ks_u32 bound = port->channel.in.count;
	bool any = ks_port_wake(port, 0);
	int error;

	while (!(error = ks_incoming_take(port, &incoming, thorough))) {
		ks_hub_start(&incoming);
		any = true;
		if (!--bound)
			return true;
	}
	if (error == -EAGAIN)
		return any;
	port->hub->error = error;
	return true;
}

/* Whoever started the dispatcher counts: until that first waits, it has not gone on. */
static bool ks_others_ready(void)
{
	struct ks_runtime *runtime = ks_runtime_here();

	return runtime->running->parent || runtime->ready.next != &runtime->ready;
}

static int ks_hub_poll(void *context, bool thorough)
{
	struct ks_hub *hub = (struct ks_hub *)context;
	bool any = false;
	ks_u32 i;

	for (i = 0; i < hub->count; i++)
		any |= ks_port_poll(&hub->ports[i], thorough);
	return any || ks_others_ready() ? 0 : -EAGAIN;
}

/* Every caller gets its reply if it has come, else the error. */
static void ks_hub_end(struct ks_hub *hub)
{
	ks_u32 i;

	ks_hub_stop(hub, hub->error);
	for (i = 0; i < hub->count; i++)
		ks_port_wake(&hub->ports[i], hub->error);
}

int ks_hub_run(struct ks_hub *hub)
{
	struct ks_finish all;
	int error;

	if (!ks_runtime_here())
		return -ESRCH;
	ks_store(&hub->runtime, ks_runtime_here());
	ks_finish (&all) {
		while (!hub->error) {
			error = ks_hub_poll(hub, false);
			if (error == -EAGAIN)
				error = ks_channel_wait_on(&hub->ports[0].channel, hub->wait,
							   ks_hub_poll, hub);
			if (error && error != -ETIMEDOUT)
				hub->error = error;
			if (!hub->error && ks_others_ready())
				ks_yield();
		}
		ks_hub_end(hub);
	}
	ks_store(&hub->runtime, NULL);
	return hub->error;
}
