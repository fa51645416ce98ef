/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * Calls over channels. A port is one end of a channel with its calls in flight, each a line of up to
 * KS_LINE_BYTES; a hub is the ports that one thread of the system polls, its dispatcher, which runs
 * each call that comes in as an asynchronous thread.
 *
 * Who calls on a port of the hub from one of the dispatcher's asynchronous threads is suspended, and
 * resumed by its reply, in whichever order replies come. Whoever else calls owns the port for that
 * time, alone, and waits as a struct ks_wait says. Both serve calls that come in on the
 * port meanwhile: a call-back is run by the thread whose call it is part of.
 *
 * A call has a level, in its tag. From level 1 on its thread is not suspended, as if it ran with
 * interrupts off: the dispatcher waits for its replies, and meanwhile serves only what comes in on
 * the same port, or with a higher level.
 *
 * Results are those of channels (channel/channel.h), and
 *	-ENOBUFS	too many calls in flight on this port
 *	-EPROTO		a level or a size that may not be; the channel has ended
 *	-EDEADLK	the dispatcher has nothing to wait for (ks-rt/async/async.h)
 */
#ifndef KS_PORT_H
#define KS_PORT_H

#include "ks-rt/async/async.h"
#include "ks-rt/channel/channel.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KS_PORT_LEVELS 3

struct ks_port;

/* Leaves the answer in `payload`, which has room for KS_LINE_BYTES. */
typedef void ks_serve(void *context, struct ks_port *port, struct ks_payload *payload);

struct ks_server {
	ks_serve *serve;
	ks_serve *refuse; /* the same, without running anything: there is no stack to run it on */
	void *context;
};

/* Somebody who waits for a call's turn, on its own stack. */
struct ks_turn {
	struct ks_turn *next;
	ks_async_id id;
};

/* Private, but for the channel, which its maker makes. */
struct ks_port {
	struct ks_channel channel;
	const struct ks_server *server;
	const struct ks_wait *wait; /* how its owner waits; an answer may change it */
	struct ks_hub *hub;	    /* NULL: whoever calls owns it meanwhile */
	ks_u64 awaited;		    /* slots whose callers are suspended */
	ks_async_id waiters[KS_WINDOW_MAX];
	struct ks_turn *turns; /* oldest first */
};

/* A call being served in a dispatcher, on the stack of its thread. */
struct ks_served {
	struct ks_served *next;
	struct ks_finish finish;
	struct ks_port *port;
	ks_u16 level;
};

struct ks_hub {
	struct ks_port *ports;
	ks_u32 count;
	const struct ks_wait *wait; /* when there is nothing to do */
	struct ks_runtime *runtime; /* the dispatcher's, while it runs */
	struct ks_served *served;
	int error; /* why it ended */
};

/* A channel's end is made with no tails for calls: shape.call_tail is 0. */
void ks_port_init(struct ks_port *port, const struct ks_server *server);

/*
 * Sends `payload`, whose tag is the level, and leaves the reply in it, which has room for
 * KS_LINE_BYTES; its tag is what the peer says. On a port of a hub, only its dispatcher's threads
 * call. `how` is for those who are not suspended.
 */
int ks_port_call(struct ks_port *port, struct ks_payload *payload, const struct ks_wait *how);

/* Whether one more call in an answer would be -ENOBUFS. */
bool ks_port_full(const struct ks_port *port);

/* All ports have the same server, and channels that share this end's bell. */
void ks_hub_init(struct ks_hub *hub, struct ks_port *ports, ks_u32 count,
		 const struct ks_wait *wait);

/*
 * The dispatcher: polls until a channel ends, then ends all of them, and returns why when every
 * thread it started has. The caller has a runtime (ks_async_begin()), and waits by `wait`.
 */
int ks_hub_run(struct ks_hub *hub);

/* Ends all channels of the hub; any context but NMI, any thread. */
void ks_hub_stop(struct ks_hub *hub, int error);

/* The call that the caller's asynchronous thread is part of, or NULL: it is no thread of this hub. */
struct ks_served *ks_hub_served(struct ks_hub *hub);

/* port.c and hub.c */
struct ks_incoming {
	struct ks_port *port;
	struct ks_payload payload;
	ks_u64 words[KS_LINE_WORDS];
	ks_u32 slot;
};
/* The next call of the peer: 0, or as ks_channel_take(). */
int ks_incoming_take(struct ks_port *port, struct ks_incoming *incoming, bool thorough);
/* Runs it on the caller's stack, and answers. */
void ks_incoming_serve(struct ks_incoming *incoming);
void ks_incoming_answer(struct ks_incoming *incoming);
/* A call of a level above `level` on any port of the hub. */
bool ks_hub_urgent(struct ks_hub *hub, ks_u16 level, struct ks_incoming *incoming);
/* Resumes whose replies are there, or all if the channel has ended. True if any was. */
bool ks_port_wake(struct ks_port *port, int state);

#ifdef __cplusplus
}
#endif

#endif
