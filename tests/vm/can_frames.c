// SPDX-License-Identifier: MIT
// What a script cannot do by other programs with sockets of CAN: each word is a scenario, which says where it fails.

#include <arpa/inet.h>
#include <errno.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/can.h>
#include <linux/can/raw.h>
#include <linux/if_packet.h>

enum { family_can = 29, max_filters = 512 };

static void *volatile const nowhere = (void *)8;

static void fail(int line, const char *what)
{
	printf("line %d: %s: %s\n", line, what, strerror(errno));
	exit(1);
}

#define must(condition)                             \
	do {                                        \
		if (!(condition))                   \
			fail(__LINE__, #condition); \
	} while (0)
#define refused(error, call)                                 \
	do {                                                 \
		errno = 0;                                   \
		if ((call) >= 0 || errno != (error))         \
			fail(__LINE__, #call " => " #error); \
	} while (0)

static int raw_socket(void)
{
	const int s = socket(family_can, SOCK_RAW, CAN_RAW);

	must(s >= 0);
	return s;
}

static struct sockaddr_can address(unsigned int device)
{
	struct sockaddr_can to = { .can_family = family_can, .can_ifindex = (int)device };

	return to;
}

static int bound(unsigned int device)
{
	const struct sockaddr_can to = address(device);
	const int s = raw_socket();

	must(bind(s, (const void *)&to, sizeof(to)) == 0);
	return s;
}

static int set(int s, int option, int value)
{
	return setsockopt(s, SOL_CAN_RAW, option, &value, sizeof(value));
}

static int get(int s, int option)
{
	int value = -1;
	socklen_t size = sizeof(value);

	must(getsockopt(s, SOL_CAN_RAW, option, &value, &size) == 0 && size == sizeof(value));
	return value;
}

// A frame's contents follow from its identifier.
static struct can_frame frame_of(canid_t id)
{
	struct can_frame frame = { .can_id = id, .can_dlc = id % 9 };

	for (unsigned int i = 0; i < frame.can_dlc; i++)
		frame.data[i] = (unsigned char)(id * 31 + i * 7 + (id >> 8));
	return frame;
}

static void send_frame(int s, canid_t id)
{
	const struct can_frame frame = frame_of(id);

	must(write(s, &frame, sizeof(frame)) == sizeof(frame));
}

// The identifier of the next frame, whose contents are right; 0 if there is none. All are sent by this
// program: what has arrived is there when sending returns, or a little later.
static canid_t next(int s, int wait_ms, int *flags, int *device)
{
	struct pollfd poll_for = { .fd = s, .events = POLLIN };
	struct can_frame frame, wanted;
	struct sockaddr_can from = { 0 };
	struct iovec part = { &frame, sizeof(frame) };
	struct msghdr message = {
		.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &part, .msg_iovlen = 1
	};

	if (poll(&poll_for, 1, wait_ms) == 0)
		return 0;
	must(recvmsg(s, &message, MSG_DONTWAIT) == sizeof(frame));
	must(from.can_family == family_can);
	wanted = frame_of(frame.can_id);
	must(memcmp(&frame, &wanted, sizeof(frame)) == 0);
	if (flags)
		*flags = message.msg_flags;
	if (device)
		*device = from.can_ifindex;
	return frame.can_id;
}

enum { soon = 10000, never = 100 };

static void room(int s)
{
	const int size = 4 << 20;

	must(setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) == 0);
}

// Of what is sent, in order, these receive what their filters say.
static void filters(unsigned int device)
{
	const struct can_filter one = { 0x120, 0x7f0 };
	const struct can_filter two[] = { { 0x300, CAN_SFF_MASK },
					  { 0x310 | CAN_EFF_FLAG, CAN_EFF_MASK | CAN_EFF_FLAG } };
	const struct can_filter not[] = { { 0x100 | CAN_INV_FILTER, 0x700 } };
	const struct can_filter both[] = { { 0x140, 0x7c0 }, { 0x005, 0x007 } };
	const int sender = bound(device);
	const int a = bound(device), b = raw_socket(), c = bound(device), d = bound(device),
		  e = bound(device);
	const struct sockaddr_can to = address(device);

	must(setsockopt(a, SOL_CAN_RAW, CAN_RAW_FILTER, &one, sizeof(one)) == 0);
	// Set before it is bound, and set twice.
	must(setsockopt(b, SOL_CAN_RAW, CAN_RAW_FILTER, both, sizeof(both)) == 0);
	must(setsockopt(b, SOL_CAN_RAW, CAN_RAW_FILTER, two, sizeof(two)) == 0);
	must(bind(b, (const void *)&to, sizeof(to)) == 0);
	must(setsockopt(c, SOL_CAN_RAW, CAN_RAW_FILTER, not, sizeof(not)) == 0);
	must(set(d, CAN_RAW_JOIN_FILTERS, 1) == 0 && get(d, CAN_RAW_JOIN_FILTERS) == 1);
	must(setsockopt(d, SOL_CAN_RAW, CAN_RAW_FILTER, both, sizeof(both)) == 0);
	must(setsockopt(e, SOL_CAN_RAW, CAN_RAW_FILTER, NULL, 0) == 0); // nothing at all
	room(c);
	for (canid_t id = 1; id < 0x400; id++)
		send_frame(sender, id);
	send_frame(sender, 0x310 | CAN_EFF_FLAG);
	send_frame(sender, 0x300 | CAN_EFF_FLAG);
	for (canid_t id = 0x120; id < 0x130; id++)
		must(next(a, soon, NULL, NULL) == id);
	must(next(b, soon, NULL, NULL) == 0x300);
	must(next(b, soon, NULL, NULL) == (0x310 | CAN_EFF_FLAG));
	must(next(b, soon, NULL, NULL) == (0x300 | CAN_EFF_FLAG)); // its mask asks for no kind
	for (canid_t id = 1; id < 0x400; id++) {
		if ((id & 0x700) != 0x100)
			must(next(c, soon, NULL, NULL) == id);
	}
	must(next(c, soon, NULL, NULL) == (0x310 | CAN_EFF_FLAG));
	must(next(c, soon, NULL, NULL) == (0x300 | CAN_EFF_FLAG));
	for (canid_t id = 0x145; id < 0x180; id += 8)
		must(next(d, soon, NULL, NULL) == id);
	must(next(a, never, NULL, NULL) == 0 && next(b, 0, NULL, NULL) == 0 &&
	     next(c, 0, NULL, NULL) == 0);
	must(next(d, 0, NULL, NULL) == 0 && next(e, 0, NULL, NULL) == 0);
}

static void own(unsigned int device)
{
	const int a = bound(device), b = bound(device);
	int flags = 0;

	must(get(a, CAN_RAW_LOOPBACK) == 1 && get(a, CAN_RAW_RECV_OWN_MSGS) == 0);
	send_frame(a, 0x11);
	must(next(b, soon, &flags, NULL) == 0x11);
	must((flags & MSG_DONTROUTE) && !(flags & MSG_CONFIRM));
	must(next(a, never, NULL, NULL) == 0);
	must(set(a, CAN_RAW_RECV_OWN_MSGS, 1) == 0 && get(a, CAN_RAW_RECV_OWN_MSGS) == 1);
	send_frame(a, 0x12);
	must(next(b, soon, &flags, NULL) == 0x12);
	must((flags & MSG_DONTROUTE) && !(flags & MSG_CONFIRM));
	must(next(a, soon, &flags, NULL) == 0x12);
	must((flags & MSG_DONTROUTE) && (flags & MSG_CONFIRM));
	must(set(a, CAN_RAW_LOOPBACK, 0) == 0 && get(a, CAN_RAW_LOOPBACK) == 0);
	send_frame(a, 0x13);
	must(next(b, never, NULL, NULL) == 0 && next(a, 0, NULL, NULL) == 0);
	must(set(a, CAN_RAW_LOOPBACK, 1) == 0);
	send_frame(a, 0x14);
	must(next(b, soon, NULL, NULL) == 0x14 && next(a, soon, NULL, NULL) == 0x14);
}

static void options(unsigned int device)
{
	const struct can_filter two[] = { { 0x123, 0x7ff }, { 0x456, 0x700 } };
	struct can_filter many[max_filters + 1] = { 0 }, came[4];
	const int s = bound(device);
	const unsigned int all_errors = 0xffffffff;
	unsigned int mask = 0;
	socklen_t size = 0;

	for (int option = CAN_RAW_ERR_FILTER; option <= CAN_RAW_JOIN_FILTERS; option++) {
		refused(EINVAL, setsockopt(s, SOL_CAN_RAW, option, many, 3));
		refused(EFAULT, setsockopt(s, SOL_CAN_RAW, option, nowhere, 4));
	}
	refused(EINVAL, setsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, many, sizeof(many[0]) - 1));
	refused(EINVAL, setsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, many, sizeof(many)));
	refused(EFAULT, setsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, nowhere, sizeof(many[0])));
	refused(EFAULT, setsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, nowhere, 2 * sizeof(many[0])));
	refused(ENOPROTOOPT, set(s, 99, 1));
	refused(EINVAL, setsockopt(s, SOL_CAN_BASE + 7, CAN_RAW_LOOPBACK, many, 4));
	must(setsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, many, sizeof(many) - sizeof(many[0])) == 0);

	must(setsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, two, sizeof(two)) == 0);
	size = sizeof(came);
	must(getsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, came, &size) == 0);
	must(size == sizeof(two) && memcmp(came, two, sizeof(two)) == 0);
	size = sizeof(two[0]);
	refused(ERANGE, getsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, came, &size));
	must(size == sizeof(two));
	refused(EFAULT, getsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, nowhere, &size));
	must(setsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, two + 1, sizeof(two[1])) == 0);
	size = sizeof(came);
	must(getsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, came, &size) == 0);
	must(size == sizeof(two[1]) && memcmp(came, two + 1, size) == 0);
	must(setsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, NULL, 0) == 0);
	must(getsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, came, &size) == 0 && size == 0);

	must(setsockopt(s, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, &all_errors, sizeof(all_errors)) == 0);
	size = sizeof(mask);
	must(getsockopt(s, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, &mask, &size) == 0 &&
	     mask == CAN_ERR_MASK);
	must(set(s, CAN_RAW_FD_FRAMES, 1) == 0 && get(s, CAN_RAW_FD_FRAMES) == 1);
	size = (socklen_t)-1;
	refused(EINVAL, getsockopt(s, SOL_CAN_RAW, CAN_RAW_LOOPBACK, &mask, &size));
	size = 4;
	refused(ENOPROTOOPT, getsockopt(s, SOL_CAN_RAW, 99, &mask, &size));
	refused(EFAULT, getsockopt(s, SOL_CAN_RAW, CAN_RAW_LOOPBACK, nowhere, &size));
	refused(EFAULT, getsockopt(s, SOL_CAN_RAW, CAN_RAW_LOOPBACK, &mask, nowhere));
	size = 2; // as much of it as there is room for
	must(getsockopt(s, SOL_CAN_RAW, CAN_RAW_LOOPBACK, &mask, &size) == 0 && size == 2);
}

static void names(unsigned int device)
{
	struct sockaddr_can to = address(device), at;
	socklen_t size = sizeof(at);
	const int s = raw_socket();
	struct can_frame frame = frame_of(0x77);

	refused(ENXIO, write(s, &frame, sizeof(frame))); // bound to none
	must(sendto(s, &frame, sizeof(frame), 0, (void *)&to, sizeof(to)) == sizeof(frame));
	refused(EINVAL, sendto(s, &frame, sizeof(frame), 0, (void *)&to, 4));
	to.can_family = AF_UNIX;
	refused(EINVAL, sendto(s, &frame, sizeof(frame), 0, (void *)&to, sizeof(to)));
	to = address(9999);
	refused(ENODEV, bind(s, (void *)&to, sizeof(to)));
	refused(ENXIO, sendto(s, &frame, sizeof(frame), 0, (void *)&to, sizeof(to)));
	to = address(if_nametoindex("lo"));
	refused(ENODEV, bind(s, (void *)&to, sizeof(to)));
	to = address(device);
	refused(EINVAL, bind(s, (void *)&to, 4));
	must(bind(s, (void *)&to, sizeof(to)) == 0);
	must(getsockname(s, (void *)&at, &size) == 0);
	must(at.can_family == family_can && at.can_ifindex == (int)device);
	refused(EOPNOTSUPP, getpeername(s, (void *)&at, &size));
	refused(EOPNOTSUPP, listen(s, 1));
	refused(EOPNOTSUPP, connect(s, (void *)&to, sizeof(to)));
}

static void sizes(unsigned int device)
{
	const int a = bound(device), b = bound(device);
	struct canfd_frame frame = { .can_id = 0x55, .len = 64 }, came;
	struct can_frame small = frame_of(0x44);
	unsigned char large[4096] = { 0 };
	struct iovec part = { &came, 4 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

	memset(frame.data, 0x5a, sizeof(frame.data));
	refused(EINVAL, write(a, &frame, 3));
	refused(EINVAL, write(a, &frame, sizeof(small) + 1));
	refused(EINVAL, write(a, large, sizeof(large)));
	refused(EINVAL, write(a, &frame, sizeof(frame))); // not enabled
	must(set(a, CAN_RAW_FD_FRAMES, 1) == 0);
	must(write(a, &frame, sizeof(frame)) == sizeof(frame));
	must(next(b, never, NULL, NULL) == 0); // who does not want them gets none
	must(set(b, CAN_RAW_FD_FRAMES, 1) == 0);
	must(write(a, &frame, sizeof(frame)) == sizeof(frame));
	must(read(b, &came, sizeof(came)) == sizeof(came));
	must(memcmp(came.data, frame.data, sizeof(frame.data)) == 0 && came.len == 64 &&
	     came.can_id == 0x55);
	small.can_dlc = 9;
	refused(EINVAL, write(a, &small, sizeof(small)));
	send_frame(a, 0x45);
	must(recvmsg(b, &message, 0) == 4 && (message.msg_flags & MSG_TRUNC) &&
	     came.can_id == 0x45);
	refused(EAGAIN, recv(b, &came, sizeof(came), MSG_DONTWAIT));
}

// A device that takes classic frames only.
static void classic(unsigned int device)
{
	const int s = bound(device);
	const struct canfd_frame frame = { .can_id = 0x55, .len = 12 };

	must(set(s, CAN_RAW_FD_FRAMES, 1) == 0);
	refused(EINVAL, write(s, &frame, sizeof(frame)));
	send_frame(s, 0x56);
}

// Frames that no socket of CAN would send: the device drops them.
static void invalid(unsigned int device)
{
	const struct sockaddr_ll to = { .sll_family = AF_PACKET,
					.sll_protocol = htons(ETH_P_CAN),
					.sll_ifindex = (int)device };
	struct can_frame frame = frame_of(0x66);
	const int s = socket(AF_PACKET, SOCK_RAW, 0);

	must(s >= 0);
	must(sendto(s, &frame, sizeof(frame), 0, (const void *)&to, sizeof(to)) == sizeof(frame));
	frame.can_dlc = 9;
	for (int i = 0; i < 3; i++)
		must(sendto(s, &frame, sizeof(frame), 0, (const void *)&to, sizeof(to)) ==
		     sizeof(frame));
	must(sendto(s, &frame, 11, 0, (const void *)&to, sizeof(to)) == 11);
}

// Closed with frames that nobody has read.
static void queued(unsigned int device)
{
	const int sender = bound(device);
	const int receiver = bound(device);

	room(receiver);
	for (canid_t id = 1; id <= 0x400; id++)
		send_frame(sender, id);
	must(next(receiver, soon, NULL, NULL) == 1);
	must(close(receiver) == 0);
}

// Bound to all devices: each frame says by which it came.
static void all_devices(unsigned int device, unsigned int other)
{
	const int a = bound(device), b = bound(other), all = bound(0);
	int from = 0;

	send_frame(a, 0x21);
	must(next(all, soon, NULL, &from) == 0x21 && from == (int)device);
	send_frame(b, 0x22);
	must(next(all, soon, NULL, &from) == 0x22 && from == (int)other);
	must(next(a, never, NULL, NULL) == 0 && next(b, 0, NULL, NULL) == 0);
}

// Says so when it is ready, and then what its device's end is called.
static void until_gone(unsigned int device)
{
	const struct can_filter two[] = { { 0x123, 0x7ff }, { 0x456, 0x700 } };
	struct can_frame frame;
	const int s = bound(device);

	must(setsockopt(s, SOL_CAN_RAW, CAN_RAW_FILTER, two, sizeof(two)) == 0);
	printf("ready\n");
	fflush(stdout);
	must(read(s, &frame, sizeof(frame)) < 0);
	printf("%s\n", strerror(errno));
}

int main(int argc, char **argv)
{
	const char *what = argc > 2 ? argv[1] : "";
	const unsigned int device = argc > 2 ? if_nametoindex(argv[2]) : 0;

	must(device != 0);
	if (strcmp(what, "filters") == 0)
		filters(device);
	else if (strcmp(what, "own") == 0)
		own(device);
	else if (strcmp(what, "options") == 0)
		options(device);
	else if (strcmp(what, "names") == 0)
		names(device);
	else if (strcmp(what, "sizes") == 0)
		sizes(device);
	else if (strcmp(what, "classic") == 0)
		classic(device);
	else if (strcmp(what, "invalid") == 0)
		invalid(device);
	else if (strcmp(what, "queued") == 0)
		queued(device);
	else if (strcmp(what, "all") == 0 && argc > 3)
		all_devices(device, if_nametoindex(argv[3]));
	else if (strcmp(what, "until_gone") == 0)
		until_gone(device);
	else
		return 2;
	return 0;
}
