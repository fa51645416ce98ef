// SPDX-License-Identifier: MIT
// The other side of network devices whose wire is a file, /dev/net/tun: tap_frames WHAT NAME NET. Each word is a
// scenario, which says where it fails. The kernel's address is 10.9.NET.1; this program is the host 10.9.NET.2.

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_tun.h>
#include <linux/virtio_net.h>

enum { soon = 10000, never = 100, most = 2048 };
enum { ethernet = 14, internet = 20, datagram = 8, port = 4000 };

static const uint8_t our_mac[6] = { 2, 0, 0, 0, 9, 2 };
static void *volatile const nowhere = (void *)8;
static const char *name;
static int net;
static long taken, given; // frames

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

// ---- the device

static int wire(void)
{
	const int file = open("/dev/net/tun", O_RDWR);

	must(file >= 0);
	return file;
}

static int attach(int file, const char *to, int flags)
{
	struct ifreq request = { .ifr_flags = (short)flags };

	strncpy(request.ifr_name, to, IFNAMSIZ - 1);
	return ioctl(file, TUNSETIFF, &request);
}

static int queue(int file, int flags)
{
	struct ifreq request = { .ifr_flags = (short)flags };

	return ioctl(file, TUNSETQUEUE, &request);
}

static int any_socket(void)
{
	const int s = socket(AF_INET, SOCK_DGRAM, 0);

	must(s >= 0);
	return s;
}

static in_addr_t host(int number)
{
	return htonl((uint32_t)(10 << 24 | 9 << 16 | net << 8 | number));
}

static void up(void)
{
	struct ifreq request = { 0 };
	struct sockaddr_in *address = (void *)&request.ifr_addr;
	const int s = any_socket();

	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	address->sin_family = AF_INET;
	address->sin_addr.s_addr = host(1);
	must(ioctl(s, SIOCSIFADDR, &request) == 0);
	address->sin_addr.s_addr = htonl(0xffffff00);
	must(ioctl(s, SIOCSIFNETMASK, &request) == 0);
	request.ifr_flags = IFF_UP;
	must(ioctl(s, SIOCSIFFLAGS, &request) == 0);
	close(s);
}

static void mac_of(uint8_t *to)
{
	struct ifreq request = { 0 };
	const int s = any_socket();

	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	must(ioctl(s, SIOCGIFHWADDR, &request) == 0);
	memcpy(to, request.ifr_hwaddr.sa_data, 6);
	close(s);
}

static long statistic(const char *which)
{
	char path[128], text[32] = "";
	int file;

	snprintf(path, sizeof(path), "/sys/class/net/%s/%s", name, which);
	file = open(path, O_RDONLY);
	must(file >= 0 && read(file, text, sizeof(text) - 1) > 0);
	close(file);
	return atol(text);
}

// ---- frames

static void put16(uint8_t *at, unsigned int value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

static unsigned int get16(const uint8_t *at)
{
	return (unsigned int)(at[0] << 8 | at[1]);
}

static unsigned int sum(const uint8_t *at, int size)
{
	unsigned int total = 0;

	for (int i = 0; i < size; i += 2)
		total += get16(at + i);
	while (total >> 16)
		total = (total & 0xffff) + (total >> 16);
	return ~total & 0xffff;
}

// What is sent follows from a number and the direction.
static int payload(uint8_t *to, unsigned int number, unsigned int direction)
{
	const int size = 4 + (int)(number * 37 % 1300);

	for (int i = 0; i < size; i++)
		to[i] = (uint8_t)(number * 13 + (unsigned int)i * 7 + direction);
	return size;
}

static int packet(uint8_t *at, unsigned int number)
{
	const int size = payload(at + internet + datagram, number, 1);
	const in_addr_t from = host(2), to = host(1);

	memset(at, 0, internet + datagram);
	at[0] = 0x45;
	put16(at + 2, (unsigned int)(internet + datagram + size));
	at[8] = 64;
	at[9] = IPPROTO_UDP;
	memcpy(at + 12, &from, 4);
	memcpy(at + 16, &to, 4);
	put16(at + 10, sum(at, internet));
	put16(at + internet, port);
	put16(at + internet + 2, port);
	put16(at + internet + 4, (unsigned int)(datagram + size));
	return internet + datagram + size;
}

// The number of the datagram whose packet this is; 0 if it is none of ours.
static unsigned int number_of(const uint8_t *at, int size, unsigned int wanted)
{
	uint8_t contents[most];
	const int length = payload(contents, wanted, 2);

	if (size < internet + datagram || at[0] != 0x45 || at[9] != IPPROTO_UDP)
		return 0;
	must(size >= internet + datagram + length &&
	     get16(at + internet + 4) == (unsigned int)(datagram + length));
	must(sum(at, internet) == 0 && get16(at + internet + 2) == port);
	must(memcmp(at + internet + datagram, contents, (size_t)length) == 0);
	return wanted;
}

// A file and what stands before each packet there.
struct link {
	int file, is_tap, has_protocol, header;
	struct virtio_net_hdr seen;
};

static void answer_arp(const struct link *link, const uint8_t *request)
{
	uint8_t reply[most] = { 0 };
	uint8_t *at = reply + link->header;
	const in_addr_t us = host(2);

	memcpy(at, request + 6, 6);
	memcpy(at + 6, our_mac, 6);
	put16(at + 12, ETH_P_ARP);
	memcpy(at + ethernet, request + ethernet, 6);
	put16(at + ethernet + 6, ARPOP_REPLY);
	memcpy(at + ethernet + 8, our_mac, 6);
	memcpy(at + ethernet + 14, &us, 4);
	memcpy(at + ethernet + 18, request + ethernet + 8, 10);
	must(write(link->file, reply, (size_t)link->header + 42) == link->header + 42);
	given++;
}

static int is_readable(int file, int wait_ms)
{
	struct pollfd poll_for = { .fd = file, .events = POLLIN };

	must(poll(&poll_for, 1, wait_ms) >= 0);
	return (poll_for.revents & POLLIN) != 0;
}

// Reads till the datagram of that number comes, and answers who asks for our address on the way.
static int receive(struct link *link, unsigned int wanted, int wait_ms)
{
	uint8_t frame[most];
	const uint8_t *at = frame + link->header;
	const in_addr_t us = host(2);

	while (is_readable(link->file, wait_ms)) {
		ssize_t size = read(link->file, frame, sizeof(frame));

		must(size > link->header);
		taken++;
		size -= link->header;
		if (link->header)
			memcpy(&link->seen, frame, sizeof(link->seen));
		if (link->is_tap) {
			if (size >= 42 && get16(at + 12) == ETH_P_ARP &&
			    memcmp(at + ethernet + 24, &us, 4) == 0)
				answer_arp(link, at);
			if (get16(at + 12) == ETH_P_IP &&
			    number_of(at + ethernet, (int)size - ethernet, wanted))
				return 1;
		} else if (link->has_protocol) {
			must(size > 4 && get16(at) == 0);
			if (get16(at + 2) == ETH_P_IP && number_of(at + 4, (int)size - 4, wanted))
				return 1;
		} else if (number_of(at, (int)size, wanted)) {
			return 1;
		}
	}
	return 0;
}

static void transmit(const struct link *link, unsigned int number)
{
	uint8_t frame[most] = { 0 };
	uint8_t *at = frame + link->header;

	if (link->is_tap) {
		mac_of(at);
		memcpy(at + 6, our_mac, 6);
		put16(at + 12, ETH_P_IP);
		at += ethernet;
	} else if (link->has_protocol) {
		put16(at + 2, ETH_P_IP);
		at += 4;
	}
	at += packet(at, number);
	must(write(link->file, frame, (size_t)(at - frame)) == at - frame);
	given++;
}

static int kernel_socket(void)
{
	const struct sockaddr_in here = { .sin_family = AF_INET,
					  .sin_port = htons(port),
					  .sin_addr.s_addr = host(1) };
	const int s = any_socket();

	must(bind(s, (const void *)&here, sizeof(here)) == 0);
	return s;
}

static void kernel_sends(int s, unsigned int number)
{
	const struct sockaddr_in there = { .sin_family = AF_INET,
					   .sin_port = htons(port),
					   .sin_addr.s_addr = host(2) };
	uint8_t contents[most];
	const int size = payload(contents, number, 2);

	must(sendto(s, contents, (size_t)size, 0, (const void *)&there, sizeof(there)) == size);
}

static void kernel_receives(int s, unsigned int number)
{
	uint8_t contents[most], wanted[most];
	const int size = payload(wanted, number, 1);

	must(is_readable(s, soon));
	must(recv(s, contents, sizeof(contents), 0) == size);
	must(memcmp(contents, wanted, (size_t)size) == 0);
}

static void both_ways(struct link *link, unsigned int count)
{
	const int s = kernel_socket();

	for (unsigned int number = 1; number <= count; number++) {
		kernel_sends(s, number);
		must(receive(link, number, soon));
		transmit(link, number);
		kernel_receives(s, number);
	}
	close(s);
}

static struct link made(int flags)
{
	struct link link = { .file = wire(),
			     .is_tap = (flags & IFF_TAP) != 0,
			     .has_protocol = !(flags & IFF_NO_PI),
			     .header = flags & IFF_VNET_HDR ? (int)sizeof(struct virtio_net_hdr) :
							      0 };

	must(attach(link.file, name, flags) == 0);
	up();
	return link;
}

// ---- the scenarios

static void tap(void)
{
	struct link link = made(IFF_TAP | IFF_NO_PI);

	both_ways(&link, 100);
	must(given > 100 && statistic("statistics/rx_packets") == given); // the answers, too
	must(taken > 100 && statistic("statistics/tx_packets") == taken);
	must(statistic("statistics/tx_dropped") == 0 && statistic("statistics/rx_dropped") == 0);
}

static void tun(void)
{
	struct link link = made(IFF_TUN | IFF_NO_PI);
	long bytes = 0;
	uint8_t at[most];

	both_ways(&link, 100);
	for (unsigned int number = 1; number <= 100; number++)
		bytes += packet(at, number);
	must(statistic("statistics/rx_packets") == 100 &&
	     statistic("statistics/tx_packets") == 100);
	must(statistic("statistics/rx_bytes") == bytes &&
	     statistic("statistics/tx_bytes") == bytes);
	must(statistic("type") == ARPHRD_NONE);
}

static void variants(void)
{
	struct link link = made(IFF_TUN); // the protocol before each packet

	both_ways(&link, 20);
	refused(EINVAL, write(link.file, &link, 3));
	close(link.file);

	link = made(IFF_TAP | IFF_NO_PI | IFF_NAPI);
	both_ways(&link, 20);
	close(link.file);

	link = made(IFF_TAP | IFF_NO_PI | IFF_VNET_HDR);
	both_ways(&link, 20);
	must(!(link.seen.flags & VIRTIO_NET_HDR_F_NEEDS_CSUM));
	must(ioctl(link.file, TUNSETOFFLOAD, TUN_F_CSUM) == 0);
	both_ways(&link, 20);
	must(link.seen.flags & VIRTIO_NET_HDR_F_NEEDS_CSUM);
	must(link.seen.csum_start == ethernet + internet && link.seen.csum_offset == 6);
	refused(EINVAL, ioctl(link.file, TUNSETOFFLOAD, 1 << 20));
	close(link.file);
}

static void waiting(void)
{
	struct link link = made(IFF_TUN | IFF_NO_PI);
	struct pollfd poll_for = { .fd = link.file, .events = POLLIN | POLLOUT };
	const int s = kernel_socket();
	uint8_t frame[most];

	must(poll(&poll_for, 1, soon) == 1 && poll_for.revents == POLLOUT);
	must(fcntl(link.file, F_SETFL, O_NONBLOCK) == 0);
	refused(EAGAIN, read(link.file, frame, sizeof(frame)));
	kernel_sends(s, 1);
	must(is_readable(link.file, soon));
	must(receive(&link, 1, soon));
	refused(EAGAIN, read(link.file, frame, sizeof(frame)));
	// Who waits for the file is woken, who reads it without waiting, too.
	must(fcntl(link.file, F_SETFL, 0) == 0);
	if (fork() == 0) {
		usleep(200000);
		kernel_sends(s, 2);
		_exit(0);
	}
	must(read(link.file, frame, sizeof(frame)) > internet + datagram);
	must(number_of(frame, sizeof(frame), 2) == 2);
	wait(NULL);
	if (fork() == 0) {
		usleep(200000);
		kernel_sends(s, 3);
		_exit(0);
	}
	must(receive(&link, 3, soon));
	wait(NULL);
	// A packet larger than there is room for is cut.
	kernel_sends(s, 30);
	must(is_readable(link.file, soon));
	must(read(link.file, frame, 100) == 100);
	must(!is_readable(link.file, never));
}

static void errors(void)
{
	const int file = wire(), other = wire();
	struct ifreq request = { 0 };
	int value = 1;
	unsigned int features = 0;
	char byte = 0;

	must(ioctl(file, TUNGETFEATURES, &features) == 0);
	must((features & (IFF_TUN | IFF_TAP | IFF_NO_PI | IFF_MULTI_QUEUE)) ==
	     (IFF_TUN | IFF_TAP | IFF_NO_PI | IFF_MULTI_QUEUE));
	refused(EBADFD, ioctl(file, TUNGETIFF, &request));
	refused(EBADFD, read(file, &request, sizeof(request)));
	refused(EBADFD, write(file, &request, sizeof(request)));
	refused(EFAULT, ioctl(file, TUNSETIFF, nowhere));
	refused(EINVAL, attach(file, name, 0));
	refused(EINVAL, attach(file, "lo", IFF_TAP));
	refused(EINVAL, attach(file, name, IFF_TUN | IFF_NAPI | IFF_NAPI_FRAGS));
	refused(EINVAL, attach(file, "a/b", IFF_TAP));
	must(attach(file, name, IFF_TAP | IFF_NO_PI) == 0);
	refused(EEXIST, attach(file, name, IFF_TAP | IFF_NO_PI));
	refused(EBUSY, attach(other, name, IFF_TAP | IFF_NO_PI));
	refused(EBUSY, attach(other, name, IFF_TAP | IFF_TUN_EXCL));
	refused(EINVAL, attach(other, name, IFF_TUN | IFF_NO_PI));
	refused(EINVAL, attach(other, name, IFF_TAP | IFF_NO_PI | IFF_MULTI_QUEUE));
	must(ioctl(file, TUNGETIFF, &request) == 0);
	must(strcmp(request.ifr_name, name) == 0);
	must((request.ifr_flags & (IFF_TAP | IFF_TUN | IFF_NO_PI | IFF_MULTI_QUEUE)) ==
	     (IFF_TAP | IFF_NO_PI));
	refused(EFAULT, ioctl(file, TUNGETIFF, nowhere));
	refused(EPERM, ioctl(file, TUNSETIFINDEX, &value));
	refused(EINVAL, queue(file, IFF_DETACH_QUEUE));
	refused(EINVAL, queue(file, IFF_ATTACH_QUEUE));
	refused(EINVAL, queue(file, 0));
	refused(EINVAL, ioctl(file, TUNSETVNETHDRSZ, &value));
	value = 12;
	must(ioctl(file, TUNSETVNETHDRSZ, &value) == 0);
	value = 0;
	must(ioctl(file, TUNGETVNETHDRSZ, &value) == 0 && value == 12);
	value = -1;
	refused(EINVAL, ioctl(file, TUNSETSNDBUF, &value));
	refused(EFAULT, ioctl(file, TUNSETSNDBUF, nowhere));
	value = 100000;
	must(ioctl(file, TUNSETSNDBUF, &value) == 0);
	value = 0;
	must(ioctl(file, TUNGETSNDBUF, &value) == 0 && value == 100000);
	refused(EINVAL, ioctl(file, _IO('T', 99), 0));
	refused(EIO, write(file, &request, 20)); // down
	up();
	refused(EINVAL, write(file, &byte, 1));
	refused(EFAULT, write(file, nowhere, 60));
	refused(EBUSY, ioctl(file, TUNSETLINK, ARPHRD_LOOPBACK));
	value = 0;
	must(statistic("carrier") == 1);
	must(ioctl(file, TUNSETCARRIER, &value) == 0);
	must(statistic("carrier") == 0);
}

// What it takes is decided by the destination.
static void filter(void)
{
	struct {
		struct tun_filter head;
		uint8_t macs[2][6];
	} wanted = { .head = { .count = 1 } };
	struct link link = made(IFF_TAP | IFF_NO_PI);
	const int s = kernel_socket();

	must(ioctl(link.file, TUNSETTXFILTER, &wanted) >=
	     0); // one that is not ours: 00:00:00:00:00:00
	kernel_sends(s, 1);
	must(!is_readable(link.file, never));
	memcpy(wanted.macs[0], our_mac, 6);
	memset(wanted.macs[1], 0xff, 6);
	wanted.head.count = 2;
	must(ioctl(link.file, TUNSETTXFILTER, &wanted) == 2);
	kernel_sends(s, 2);
	kernel_sends(s, 3);
	must(is_readable(link.file, soon));
	refused(EFAULT, ioctl(link.file, TUNSETTXFILTER, nowhere));
}

enum { queues = 3, flows = 24 };

// So many datagrams of as many sockets, each in one of the queues.
static void flows_in(const int *files, int count)
{
	int seen = 0;

	for (int i = 0; i < flows; i++) {
		const int s = any_socket();

		kernel_sends(s, 1);
		close(s);
	}
	for (int i = 0; i < count; i++) {
		struct link link = { .file = files[i] };

		while (receive(&link, 1, never))
			seen++;
	}
	must(seen == flows);
}

static void several(void)
{
	const int flags = IFF_TUN | IFF_NO_PI | IFF_MULTI_QUEUE;
	int files[queues], more = wire(), s;
	struct ifreq request = { 0 };

	files[0] = made(flags).file;
	for (int i = 1; i < queues; i++) {
		files[i] = wire();
		must(attach(files[i], name, flags) == 0);
	}
	refused(EINVAL, attach(more, name, IFF_TUN | IFF_NO_PI));
	s = kernel_socket();
	flows_in(files, queues);
	for (int i = 0; i < queues; i++) {
		transmit(&(struct link){ .file = files[i] }, (unsigned int)i + 1);
		kernel_receives(s, (unsigned int)i + 1);
	}
	must(statistic("statistics/rx_packets") == queues &&
	     statistic("statistics/tx_packets") == flows);
	for (int i = 1; i < queues; i++)
		must(queue(files[i], IFF_DETACH_QUEUE) == 0);
	refused(EINVAL, queue(files[1], IFF_DETACH_QUEUE));
	refused(EINVAL, queue(files[0], IFF_ATTACH_QUEUE));
	flows_in(files, 1);
	must(queue(files[1], IFF_ATTACH_QUEUE) == 0);
	flows_in(files, 2);
	close(files[0]); // the first may go
	flows_in(files + 1, 1);
	must(queue(files[2], IFF_ATTACH_QUEUE) == 0);
	must(ioctl(files[2], TUNGETIFF, &request) == 0);
	must((request.ifr_flags & (IFF_MULTI_QUEUE | IFF_DETACH_QUEUE)) == IFF_MULTI_QUEUE);
	flows_in(files + 1, 2);
	must(queue(files[1], IFF_DETACH_QUEUE) == 0); // closed while detached
	close(files[1]);
	flows_in(files + 2, 1);
}

// Attaches to what is there, as a user. Its result is what became of it.
static int as_user(uid_t user, gid_t group)
{
	int status = -1;

	if (fork() == 0) {
		const int file = open("/dev/net/tun", O_RDWR);

		if (file < 0 || setgid(group) || setuid(user))
			_exit(99);
		_exit(attach(file, name, IFF_TAP | IFF_NO_PI) ? errno : 0);
	}
	wait(&status);
	return WEXITSTATUS(status);
}

static void persistent(void)
{
	int file = wire();

	must(as_user(1000, 1000) == EPERM); // not to make one
	must(attach(file, name, IFF_TAP | IFF_NO_PI) == 0);
	must(ioctl(file, TUNSETPERSIST, 1) == 0 && ioctl(file, TUNSETOWNER, 1000) == 0);
	refused(EINVAL, ioctl(file, TUNSETOWNER, -1));
	must(statistic("owner") == 1000 && statistic("group") == -1);
	must(close(file) == 0);
	must(as_user(1000, 1000) == 0 && as_user(1001, 1000) == EPERM);
	file = wire();
	must(attach(file, name, IFF_TAP | IFF_NO_PI) == 0);
	must(ioctl(file, TUNSETGROUP, 2000) == 0 && statistic("group") == 2000);
	must(close(file) == 0);
	must(as_user(1000, 1000) == EPERM && as_user(1000, 2000) == 0 &&
	     as_user(1001, 2000) == EPERM);
	up();
	must(statistic("carrier") == 0); // with nobody at the wire
	file = wire();
	must(attach(file, name, IFF_TAP | IFF_NO_PI) == 0);
	must(statistic("carrier") == 1);
	must(ioctl(file, TUNSETPERSIST, 0) == 0);
}

static void busy(void)
{
	struct link link = made(IFF_TAP | IFF_NO_PI);

	both_ways(&link, 250);
}

// Says when it is ready, reads until it cannot, and says why.
static void until_gone(void)
{
	struct link link = made(IFF_TUN | IFF_NO_PI);
	struct pollfd poll_for = { .fd = link.file, .events = POLLIN };
	uint8_t frame[most];

	printf("ready\n");
	fflush(stdout);
	while (read(link.file, frame, sizeof(frame)) > 0) {
	}
	printf("%s\n", strerror(errno));
	must(poll(&poll_for, 1, soon) == 1 && (poll_for.revents & POLLERR));
	refused(EBADFD, write(link.file, frame, sizeof(frame)));
	// It can have another.
	must(attach(link.file, name, IFF_TUN | IFF_NO_PI) == 0);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *what;
		void (*run)(void);
	} scenarios[] = { { "tap", tap },	    { "tun", tun },
			  { "variants", variants }, { "waiting", waiting },
			  { "errors", errors },	    { "filter", filter },
			  { "several", several },   { "persistent", persistent },
			  { "busy", busy },	    { "until_gone", until_gone } };

	for (size_t i = 0; argc == 4 && i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
		if (strcmp(argv[1], scenarios[i].what) == 0) {
			name = argv[2];
			net = atoi(argv[3]);
			scenarios[i].run();
			return 0;
		}
	}
	return 2;
}
