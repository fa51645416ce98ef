// SPDX-License-Identifier: MIT
/*
 * What runs against a driver's end that sends rubbish share: numbers that are drawn, calls whose messages are
 * corrupted where the domain sends them, and rounds of both ends. Each has its own corrupt().
 */
#include "ks-rt/rt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether what is sent goes to other crossings, too. */
#ifndef STRAYS
#define STRAYS 0
#endif

/* Both ends of an interface. */
struct ends {
	struct ks_end *(*driver_start)(void);
	void (*driver_stop)(void);
	int (*kernel_start)(void);
	void (*kernel_stop)(void);
};

#define ENDS(name)                                                                 \
	struct ks_end *name##_driver_start(void);                                  \
	void name##_driver_stop(void);                                             \
	int name##_kernel_start(void);                                             \
	void name##_kernel_stop(void);                                             \
	static const struct ends ends = { name##_driver_start, name##_driver_stop, \
					  name##_kernel_start, name##_kernel_stop }

int __real_ks_call(struct ks_end *end, ks_u32 crossing, struct ks_message *message);
int __wrap_ks_call(struct ks_end *end, ks_u32 crossing, struct ks_message *message);
unsigned int draw(unsigned int below);
static void corrupt(struct ks_message *message);

static unsigned int seed, rate;
static struct ks_end *driver;

unsigned int draw(unsigned int below)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % below;
}

int __wrap_ks_call(struct ks_end *end, ks_u32 crossing, struct ks_message *message)
{
	int error;

	/* It is not sent. */
	if (message->error)
		return __real_ks_call(end, crossing, message);
	if (end == driver)
		corrupt(message);
	if (STRAYS && end == driver && !draw(rate * 16))
		crossing = draw(48);
	error = __real_ks_call(end, crossing, message);
	if (end != driver && !error)
		corrupt(message);
	return error;
}

/* A few bytes of one message in so many. */
static inline void damage(struct ks_message *message,
			  void (*change)(struct ks_message *message, unsigned int at))
{
	unsigned int n = draw(rate) ? 0 : 1 + draw(3);

	while (n-- && message->size)
		change(message, draw(message->size));
}

static inline void flip_bit(struct ks_message *message, unsigned int at)
{
	message->data[at] ^= 1 << draw(8);
}

static inline void set_byte(struct ks_message *message, unsigned int at)
{
	message->data[at] = (ks_u8)draw(draw(2) ? 256 : 8);
}

/* A small number, such as a count, becomes a larger one. */
static inline void add_some(struct ks_message *message, unsigned int at, unsigned int below)
{
	if (message->data[at] && message->data[at] < below)
		message->data[at] += (ks_u8)(1 + draw(8));
}

/* What is elsewhere in the message: another reference, another mask. */
static inline void copy_word(struct ks_message *message, unsigned int at, unsigned int size)
{
	if (message->size >= size)
		memcpy(message->data + at / size * size,
		       message->data + draw(message->size) / size * size, size);
}

/* One of these, with numbers below `below` and words of `word` bytes. */
static inline void change_any(struct ks_message *message, unsigned int at, unsigned int below,
			      unsigned int word)
{
	switch (draw(4)) {
	case 0:
		flip_bit(message, at);
		break;
	case 1:
		set_byte(message, at);
		break;
	case 2:
		add_some(message, at, below);
		break;
	case 3:
		copy_word(message, at, word);
		break;
	}
}

/* What is done while both ends are there, and after each round; either may be NULL. */
static inline void live_through(int argc, char **argv, const struct ends *both, void (*use)(void),
				void (*end)(void))
{
	unsigned int round, rounds = argc > 1 ? (unsigned int)atoi(argv[1]) : 1000;
	unsigned int good = 0;

	for (round = 0; round < rounds; round++) {
		seed = round + 1;
		rate = 2u << round % 6; /* one message in so many is changed */
		driver = both->driver_start();
		if (!both->kernel_start()) {
			good++;
			if (use)
				use();
			both->kernel_stop();
		}
		both->driver_stop();
		if (end)
			end();
	}
	printf("lived through %u rounds\n", round);
	fprintf(stderr, "%u domains started\n", good);
}
