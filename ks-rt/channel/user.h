/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * Channels between two processes: their memory as a file descriptor, and
 * whether the other process lives.
 */
#ifndef KS_CHANNEL_USER_H
#define KS_CHANNEL_USER_H

#include "ks-rt/channel/channel.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A descriptor of `size` zeroed bytes whose size is sealed; or a negative errno. */
int ks_channel_memory_make(size_t size);

/*
 * Maps it, however it came here: -EPERM as ERR_PTR if the size is not sealed, since whoever could
 * cut it could end this process by a signal; -EINVAL if it is too small.
 */
void *ks_channel_memory_map(int fd, size_t size);
void ks_channel_memory_unmap(void *memory, size_t size);

/* For ks_wait.check: -ECONNRESET once the process of the pidfd that *context is has ended. */
int ks_channel_check_process(void *context);

#ifdef __cplusplus
}
#endif

#endif
