// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Calls on one port. A reply is received by who waits for it, in its own thread: the
 * dispatcher only sees that it is there. So a slot is not used again before its reply is read.
 */
#include "ks-rt/transport/port.h"

void ks_port_init(struct ks_port *port, const struct ks_server *server)
{
	port->server = server;
	port->wait = NULL;
	port->hub = NULL;
	port->awaited = 0;
	port->turns = NULL;
}

static ks_u32 ks_port_pending(const struct ks_port *port)
{
	return (ks_u32)__builtin_popcountll(port->channel.out.busy);
}

bool ks_port_full(const struct ks_port *port)
{
	return ks_port_pending(port) >= port->channel.out.count;
}

/* ---- what the peer calls ---- */

int ks_incoming_take(struct ks_port *port, struct ks_incoming *incoming, bool thorough)
{
	int slot;

	incoming->port = port;
	incoming->payload = (struct ks_payload){
		.data = incoming->words,
		.capacity = KS_LINE_BYTES,
	};
	slot = ks_channel_take(&port->channel, &incoming->payload, thorough);
	if (slot < 0)
		return slot;
	incoming->slot = (ks_u32)slot;
	if (incoming->payload.tag < KS_PORT_LEVELS)
		return 0;
	ks_channel_stop(&port->channel, -EPROTO);
	return -EPROTO;
}

void ks_incoming_answer(struct ks_incoming *incoming)
{
	struct ks_channel *channel = &incoming->port->channel;

	/* If the channel has ended, nobody waits for this. */
	ks_channel_reply(channel, incoming->slot, &incoming->payload);
	ks_channel_flush(channel);
}

/* ---- waiting, as the port's owner or for a call that is not suspended ---- */

struct ks_watch {
	struct ks_port *port;
	struct ks_payload *reply;
	ks_u32 slot;
	ks_u16 level;
	struct ks_incoming incoming;
};

/* 0: the reply; 1: a call to be served first. */
static int ks_watch_poll(void *context, bool thorough)
{
	struct ks_watch *watch = (struct ks_watch *)context;
	struct ks_port *port = watch->port;
	int error = ks_channel_collect(&port->channel, watch->slot, watch->reply);

	if (error != -EAGAIN)
		return error;
	error = ks_incoming_take(port, &watch->incoming, thorough);
	if (error != -EAGAIN)
		return error ? error : 1;
	return port->hub && ks_hub_urgent(port->hub, watch->level, &watch->incoming) ? 1 : -EAGAIN;
}

static int ks_port_watch(struct ks_port *port, ks_u32 slot, struct ks_payload *payload,
			 const struct ks_wait *how)
{
	struct ks_watch watch = {
		.port = port, .reply = payload, .slot = slot, .level = payload->tag
	};
	const struct ks_wait *outer = port->wait;
	int error;

	port->wait = how;
	while ((error = ks_channel_wait(&port->channel, port->wait, ks_watch_poll, &watch)) > 0)
		ks_incoming_serve(&watch.incoming);
	port->wait = outer;
	if (error)
		ks_window_forsake(&port->channel.out, slot);
	return error;
}

/* ---- waiting, as one of many threads ---- */

bool ks_port_wake(struct ks_port *port, int state)
{
	ks_u64 left = port->awaited;
	struct ks_turn *turn;
	bool any = false;

	for (; left; left &= left - 1) {
		ks_u32 slot = (ks_u32)__builtin_ctzll(left);

		if (!state && !ks_mailbox_ready(&port->channel.out.slots[slot]))
			continue;
		port->awaited &= ~((ks_u64)1 << slot);
		ks_resume(port->waiters[slot], 0);
		any = true;
	}
	while (state && (turn = port->turns)) {
		port->turns = turn->next;
		ks_resume(turn->id, 0);
	}
	return any;
}

/* Waits to be resumed; a cancellation does not end what the peer still works on. */
static int ks_port_suspend(void)
{
	bool was = ks_async_shield(true);
	int error = ks_wait();

	ks_async_shield(was);
	return error;
}

/* A slot is free: whoever has waited longest looks at it next. */
static void ks_turn_pass(struct ks_port *port)
{
	struct ks_turn *turn = port->turns;

	if (!turn)
		return;
	port->turns = turn->next;
	ks_resume(turn->id, 0);
}

static int ks_turn_await(struct ks_port *port)
{
	struct ks_turn turn = { NULL, ks_async_self() }, **end = &port->turns, **at;
	int error;

	while (*end)
		end = &(*end)->next;
	*end = &turn;
	error = ks_port_suspend();
	for (at = &port->turns; *at; at = &(*at)->next)
		if (*at == &turn) {
			*at = turn.next;
			break;
		}
	return error;
}

/*
 * Only half of a window is for calls that no answer waits for: those may wait for a slot, and if
 * they had all of them, the calls that their answers depend on could not be made.
 */
static int ks_port_await_slot(struct ks_port *port)
{
	ks_u32 room = port->channel.out.count > 1 ? port->channel.out.count / 2 : 1;
	int error = 0;

	if (ks_hub_served(port->hub))
		return ks_port_full(port) ? -ENOBUFS : 0;
	while (!error && ks_port_pending(port) >= room) {
		error = ks_channel_state(&port->channel);
		if (!error)
			error = ks_turn_await(port);
	}
	return error;
}

static int ks_port_await(struct ks_port *port, ks_u32 slot, struct ks_payload *payload)
{
	ks_u64 bit = (ks_u64)1 << slot;
	int error = 0;

	port->awaited |= bit;
	while (!error && port->awaited & bit) {
		port->waiters[slot] = ks_async_self();
		error = ks_port_suspend();
	}
	port->awaited &= ~bit;
	if (!error)
		error = ks_channel_collect(&port->channel, slot, payload);
	if (error)
		ks_window_forsake(&port->channel.out, slot);
	ks_turn_pass(port);
	return error;
}

int ks_port_call(struct ks_port *port, struct ks_payload *payload, const struct ks_wait *how)
{
	bool suspends = port->hub && !payload->tag;
	int slot;

	if (payload->size > KS_LINE_BYTES || payload->tag >= KS_PORT_LEVELS)
		return -EINVAL;
	slot = suspends ? ks_port_await_slot(port) : 0;
	if (!slot)
		slot = ks_channel_post(&port->channel, payload);
	if (slot < 0)
		return slot == -EAGAIN ? -ENOBUFS : slot;
	ks_channel_flush(&port->channel);
	return suspends ? ks_port_await(port, (ks_u32)slot, payload) :
			  ks_port_watch(port, (ks_u32)slot, payload, how);
}
