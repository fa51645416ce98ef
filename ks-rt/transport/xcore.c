// SPDX-License-Identifier: Dual MIT/GPL
/* The transport `xcore`, as far as it is the same in the kernel and in user space. */
#include "ks-rt/transport/xcore.h"

#define KS_PAGE ((size_t)4096)

/* What a crossing may need, with an answer that is run on the same stack. */
#define KS_XCORE_STACK_RESERVE 4096

/* Few calls share a port: those of one caller and of the threads that serve it. */
static const struct ks_channel_shape ks_xcore_shape = { .slots = 4,
							.ring_slots = 1,
							.sleeps = true };

struct ks_xcore_memory {
	struct {
		ks_u32 bell __attribute__((aligned(2 * KS_LINE_SIZE)));
	} ends[2]; /* the kernel's, the driver's */
	struct ks_parcel parcels[2][KS_XCORE_PARCELS] __attribute__((aligned(4096)));
};

/* What the line of a call holds: also what both ends were made from, which costs nothing there. */
struct ks_xcore_line {
	ks_u64 parcel;
	ks_u64 hash;
};

static size_t ks_xcore_channels(void)
{
	return ks_align(sizeof(struct ks_xcore_memory), KS_PAGE);
}

size_t ks_xcore_size(void)
{
	return ks_xcore_channels() + 2 * KS_XCORE_PORTS * ks_channel_size(&ks_xcore_shape);
}

/* The channels of one owner: this end's of them; the bell is the one of who serves them. */
static int ks_xcore_make_ports(struct ks_xcore *xcore, struct ks_port *ports, void *memory,
			       bool is_driver, bool drivers)
{
	struct ks_xcore_memory *shared = (struct ks_xcore_memory *)memory;
	size_t size = ks_channel_size(&ks_xcore_shape);
	ks_u32 *bell = &shared->ends[!drivers].bell;
	ks_u32 i;

	for (i = 0; i < KS_XCORE_PORTS; i++) {
		char *at = (char *)memory + ks_xcore_channels() +
			   (drivers * KS_XCORE_PORTS + i) * size;
		struct ks_channel *channel = &ports[i].channel;
		int error = ks_channel_init(channel, at, &ks_xcore_shape, is_driver);

		if (error)
			return error;
		if (is_driver == drivers)
			channel->their_bell = bell;
		else
			channel->my_bell = bell;
		ks_port_init(&ports[i], &xcore->server);
	}
	return 0;
}

int ks_xcore_init(struct ks_xcore *xcore, void *memory, bool is_driver, const struct ks_wait *idle)
{
	struct ks_xcore_memory *shared = (struct ks_xcore_memory *)memory;
	int error;

	xcore->end = NULL;
	xcore->mine = shared->parcels[is_driver];
	xcore->theirs = shared->parcels[!is_driver];
	xcore->parcels_taken = xcore->ports_taken = 0;
	xcore->server = (struct ks_server){ ks_xcore_serve, ks_xcore_refuse, xcore };
	error = ks_xcore_make_ports(xcore, xcore->ports, memory, is_driver, is_driver);
	if (!error)
		error = ks_xcore_make_ports(xcore, xcore->served, memory, is_driver, !is_driver);
	ks_hub_init(&xcore->hub, xcore->served, KS_XCORE_PORTS, idle);
	return error;
}

void ks_xcore_stop(struct ks_xcore *xcore, int error)
{
	ks_u32 i;

	ks_hub_stop(&xcore->hub, error);
	for (i = 0; i < KS_XCORE_PORTS; i++)
		ks_channel_stop(&xcore->ports[i].channel, error);
}

/* ---- what there are a few of: a bit each ---- */

/* The lowest that is free of `count`, or -ENOBUFS. Who gets it sees what its last user did. */
static int ks_bit_take(ks_u32 *taken, ks_u32 count)
{
	ks_u32 old = ks_load(taken);
	ks_u32 bit;

	do {
		bit = ~old ? (ks_u32)__builtin_ctz(~old) : count;
		if (bit >= count)
			return -ENOBUFS;
	} while (!__atomic_compare_exchange_n(taken, &old, old | 1u << bit, true, __ATOMIC_ACQUIRE,
					      __ATOMIC_RELAXED));
	return (int)bit;
}

static void ks_bit_put(ks_u32 *taken, int bit)
{
	/* Pairs with the acquire above. */
	__atomic_fetch_and(taken, ~(1u << bit), __ATOMIC_RELEASE);
}

/* ---- answering ---- */

/*
 * The parcel that a call is in, or NULL. The number is checked; what is in it is the peer's choice
 * anyway. The answer's line is empty.
 */
static struct ks_parcel *ks_xcore_parcel(struct ks_xcore *xcore, struct ks_payload *payload)
{
	bool sized = payload->size == sizeof(struct ks_xcore_line);
	struct ks_xcore_line line = { KS_XCORE_PARCELS, 0 };
	struct ks_message none = { 0 };

	if (sized)
		memcpy(&line, payload->data, sizeof(line));
	payload->tag = 0;
	payload->size = 0;
	if (line.parcel >= KS_XCORE_PARCELS) {
		ks_domain_stop(xcore->end, "a call that is in no parcel");
		return NULL;
	}
	if (line.hash == xcore->end->interface->hash)
		return &xcore->theirs[line.parcel];
	ks_parcel_pack(xcore->end, &xcore->theirs[line.parcel], 0, -ENOEXEC, &none);
	return NULL;
}

/*
 * The domain is active meanwhile, so that neither end goes while the other's code runs for it, even if
 * nobody waits for the answer any more.
 */
void ks_xcore_serve(void *context, struct ks_port *port, struct ks_payload *payload)
{
	struct ks_xcore *xcore = (struct ks_xcore *)context;
	struct ks_parcel *parcel = ks_xcore_parcel(xcore, payload);
	struct ks_message none = { 0 };

	(void)port;
	if (!parcel)
		return;
	if (ks_domain_enter(xcore->end)) {
		ks_parcel_answer(xcore->end, parcel);
		ks_domain_leave(xcore->end);
	} else {
		ks_parcel_pack(xcore->end, parcel, 0, -EIO, &none);
	}
}

/* What has been dropped is told all the same: nobody would tell it again. */
void ks_xcore_refuse(void *context, struct ks_port *port, struct ks_payload *payload)
{
	struct ks_xcore *xcore = (struct ks_xcore *)context;
	struct ks_parcel *parcel = ks_xcore_parcel(xcore, payload);
	struct ks_message none = { 0 };

	(void)port;
	if (!parcel)
		return;
	ks_parcel_unpack(xcore->end, parcel, &none);
	ks_parcel_pack(xcore->end, parcel, 0, -ENOMEM, &none);
}

/* ---- calling ---- */

/* What the channel says, for the domain: it ends with a channel, but for what this end began itself. */
static int ks_xcore_ended(struct ks_xcore *xcore, int error)
{
	if (error == -ETIMEDOUT)
		ks_domain_stop(xcore->end, "no answer in time");
	else if (error == -EPROTO)
		ks_domain_stop(xcore->end, "the other end writes nonsense");
	else if (error != -ESHUTDOWN)
		ks_domain_stop(xcore->end, "the other end is gone");
	return -EIO;
}

static int ks_xcore_call(struct ks_xcore *xcore, struct ks_port *port, int parcel, ks_u16 level,
			 const struct ks_wait *wait)
{
	struct ks_xcore_line line = { (ks_u64)parcel, xcore->end->interface->hash };
	ks_u64 words[KS_LINE_WORDS];
	struct ks_payload payload = {
		.data = words,
		.capacity = KS_LINE_BYTES,
		.size = sizeof(line),
		.tag = level,
	};
	int error;

	memcpy(words, &line, sizeof(line));
	error = ks_port_call(port, &payload, wait);
	return error ? ks_xcore_ended(xcore, error) : 0;
}

/* The port must have room: a parcel that is packed and not sent would lose its drops. */
static int ks_xcore_cross_by(struct ks_xcore *xcore, struct ks_port *port, ks_u32 crossing,
			     struct ks_message *message, ks_u16 level, const struct ks_wait *wait)
{
	struct ks_parcel *parcel;
	int number, error;

	if (ks_port_full(port))
		return -ENOBUFS;
	number = ks_bit_take(&xcore->parcels_taken, KS_XCORE_PARCELS);
	if (number < 0)
		return number;
	parcel = &xcore->mine[number];
	ks_parcel_pack(xcore->end, parcel, crossing, 0, message);
	error = ks_xcore_call(xcore, port, number, level, wait);
	if (!error)
		error = ks_answered(xcore->end, message,
				    ks_parcel_unpack(xcore->end, parcel, message));
	ks_bit_put(&xcore->parcels_taken, number);
	return error;
}

/* Of an asynchronous thread, whose stack is not the system's. */
static bool ks_xcore_stack_low(void)
{
	const struct ks_thread *thread = ks_thread_self();

	return (size_t)((char *)__builtin_frame_address(0) - thread->low) < KS_XCORE_STACK_RESERVE;
}

int ks_xcore_run(struct ks_xcore *xcore)
{
	int error = ks_hub_run(&xcore->hub);

	return error == -ESHUTDOWN ? 0 : ks_xcore_ended(xcore, error);
}

int ks_xcore_cross(struct ks_xcore *xcore, ks_u32 crossing, struct ks_message *message,
		   ks_u16 level, const struct ks_wait *wait)
{
	struct ks_served *served = ks_hub_served(&xcore->hub);
	int port, error;

	if (served && ks_xcore_stack_low())
		return -ELOOP;
	if (served)
		return ks_xcore_cross_by(xcore, served->port, crossing, message, level, wait);
	if (ks_os_stack_low())
		return -ELOOP;
	port = ks_bit_take(&xcore->ports_taken, KS_XCORE_PORTS);
	if (port < 0)
		return port;
	error = ks_xcore_cross_by(xcore, &xcore->ports[port], crossing, message, level, wait);
	ks_bit_put(&xcore->ports_taken, port);
	return error;
}
