// SPDX-License-Identifier: Dual MIT/GPL
/* The transport `xcore` in user space: a dispatcher is a pthread. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "ks-rt/transport/xcore_user.h"
#include "ks-rt/transport/xcore.h"

#include <pthread.h>
#include <sched.h>

struct ks_xcore_user {
	struct ks_xcore xcore;
	struct ks_xcore_options options;
	pthread_t dispatcher;
};

static int ks_xcore_user_cross(struct ks_end *end, ks_u32 crossing, struct ks_message *message)
{
	struct ks_xcore_user *user = (struct ks_xcore_user *)end->domain->link;

	return ks_xcore_cross(&user->xcore, crossing, message, 0, &user->options.wait);
}

static void ks_xcore_user_stop(struct ks_end *end)
{
	struct ks_xcore_user *user = (struct ks_xcore_user *)end->domain->link;

	ks_xcore_stop(&user->xcore, -EIO);
}

/* What is to be read first may be at another port of the same dispatcher's. */
static void ks_xcore_user_relax(struct ks_end *end)
{
	struct ks_xcore_user *user = (struct ks_xcore_user *)end->domain->link;

	if (ks_hub_served(&user->xcore.hub))
		ks_yield();
	else
		ks_os_relax();
}

static const struct ks_transport ks_xcore_user_transport = {
	.cross = ks_xcore_user_cross,
	.relax = ks_xcore_user_relax,
	.stop = ks_xcore_user_stop,
};

static void *ks_xcore_dispatch(void *argument)
{
	struct ks_xcore_user *user = (struct ks_xcore_user *)argument;

	if (ks_async_begin(NULL)) {
		ks_domain_stop(user->xcore.end, "no memory for its dispatcher");
		return NULL;
	}
	ks_xcore_run(&user->xcore);
	ks_async_end();
	return NULL;
}

/* Pinned before it starts: a thread that spins may never get to pinning the other. */
static int ks_xcore_start(struct ks_xcore_user *user)
{
	pthread_attr_t attributes;
	cpu_set_t cpus;
	int error;

	pthread_attr_init(&attributes);
	CPU_ZERO(&cpus);
	if (user->options.cpu >= 0 && user->options.cpu < CPU_SETSIZE)
		CPU_SET((unsigned)user->options.cpu, &cpus);
	if (user->options.cpu >= 0)
		pthread_attr_setaffinity_np(&attributes, sizeof(cpus), &cpus);
	error = pthread_create(&user->dispatcher, &attributes, ks_xcore_dispatch, user);
	pthread_attr_destroy(&attributes);
	return -error;
}

struct ks_end *ks_xcore_open(const struct ks_interface *interface, void *memory,
			     const struct ks_xcore_options *options)
{
	struct ks_xcore_user *user = (struct ks_xcore_user *)ks_os_alloc_large(sizeof(*user));
	struct ks_end *end;
	int error;

	if (!user)
		return (struct ks_end *)ERR_PTR(-ENOMEM);
	user->options = *options;
	error = ks_xcore_init(&user->xcore, memory, interface->is_driver, &user->options.idle);
	end = error ? (struct ks_end *)ERR_PTR(error) :
		      ks_far_open(interface, &ks_xcore_user_transport, user);
	if (!IS_ERR(end)) {
		user->xcore.end = end;
		error = ks_xcore_start(user);
		if (!error)
			return end;
		ks_far_close(end);
		end = (struct ks_end *)ERR_PTR(error);
	}
	ks_os_free_large(user);
	return end;
}

void ks_xcore_close(struct ks_end *end)
{
	struct ks_xcore_user *user = (struct ks_xcore_user *)end->domain->link;

	ks_xcore_stop(&user->xcore, -ESHUTDOWN);
	pthread_join(user->dispatcher, NULL);
	ks_far_close(end);
	ks_os_free_large(user);
}
