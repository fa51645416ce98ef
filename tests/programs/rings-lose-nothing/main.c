// SPDX-License-Identifier: MIT
/*
 * As many are read as were written, in order and whole, with rings of any size and the reader
 * slow, quick or asleep.
 */
#define _GNU_SOURCE
#include "ks-rt/channel/channel.h"
#include "ks-rt/channel/user.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct ks_channel ends[2];
static struct ks_wait how = {0, 0, true, 20000000000ull, 50000000000ull, 0, 0};
static long many;
static int style;

static unsigned size_of(long i)
{
	return (i * 7919) % 180;
}

struct job {
	struct ks_channel *c;
	struct ks_payload *p;
};

static int push(void *j, bool thorough)
{
	struct job *x = j;

	(void)thorough;
	return ks_channel_push(x->c, x->p);
}

static int pop(void *j, bool thorough)
{
	struct job *x = j;

	(void)thorough;
	return ks_channel_pop(x->c, x->p);
}

static void *writer(void *arg)
{
	ks_u64 buffer[64];
	long i;

	for (i = 0; i < many; i++) {
		struct ks_payload p = {.data = buffer,
			.capacity = sizeof(buffer),
			.size = size_of(i),
			.tag = i & 0x7fff};
		struct job j = {&ends[0], &p};
		int error;

		memset(buffer, (int)i, sizeof(buffer));
		error = ks_channel_wait(&ends[0], &how, push, &j);
		if (error) {
			printf("push %ld: %d\n", i, error);
			exit(1);
		}
		if (style == 2 && i % 97 == 0)
			usleep(50);
		ks_channel_flush(&ends[0]);
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct ks_channel_shape shape = {4, atoi(argv[1]), 64, 128, true};
	size_t size = ks_channel_size(&shape);
	int fd = ks_channel_memory_make(size), e;
	void *memory = ks_channel_memory_map(fd, size);
	pthread_t t;
	ks_u64 buffer[64];
	long i;

	style = atoi(argv[2]);
	many = atol(argv[3]);
	for (e = 0; e < 2; e++)
		if (ks_channel_init(&ends[e], memory, &shape, e)) {
			printf("init\n");
			return 1;
		}
	pthread_create(&t, 0, writer, 0);
	for (i = 0; i < many; i++) {
		struct ks_payload p = {.data = buffer, .capacity = sizeof(buffer)};
		struct job j = {&ends[1], &p};
		int error = ks_channel_wait(&ends[1], &how, pop, &j);
		unsigned k;

		if (error) {
			printf("pop %ld: %d\n", i, error);
			return 1;
		}
		if (p.size != size_of(i) || p.tag != (i & 0x7fff)) {
			printf("pop %ld: size %u tag %u\n", i, p.size, p.tag);
			return 1;
		}
		for (k = 0; k < p.size; k++)
			if (((unsigned char *)buffer)[k] != (unsigned char)i) {
				printf("pop %ld: byte %u\n", i, k);
				return 1;
			}
		if (style == 1 && i % 97 == 0)
			usleep(50);
		ks_channel_flush(&ends[1]);
	}
	pthread_join(t, 0);
	struct ks_payload p = {.data = buffer, .capacity = sizeof(buffer)};

	printf("ring %s style %d: %ld read, then %s\n", argv[1], style, i,
		ks_channel_pop(&ends[1], &p) ? "nothing" : "more");
	return 0;
}
