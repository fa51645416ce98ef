// SPDX-License-Identifier: Dual MIT/GPL
/* Channels between two processes. */
#define _GNU_SOURCE
#include "ks-rt/channel/user.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int ks_channel_memory_make(size_t size)
{
	int fd = memfd_create("ks-channel", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	int error;

	if (fd < 0)
		return -errno;
	if (ftruncate(fd, (off_t)size) ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)) {
		error = -errno;
		close(fd);
		return error;
	}
	return fd;
}

void *ks_channel_memory_map(int fd, size_t size)
{
	int seals = fcntl(fd, F_GET_SEALS);
	struct stat status;
	void *memory;

	if (seals < 0 || !(seals & F_SEAL_SHRINK))
		return ERR_PTR(-EPERM);
	/* From here on, the size can only grow. */
	if (fstat(fd, &status))
		return ERR_PTR(-errno);
	if (!size || (size_t)status.st_size < size)
		return ERR_PTR(-EINVAL);
	memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	return memory == MAP_FAILED ? ERR_PTR(-errno) : memory;
}

void ks_channel_memory_unmap(void *memory, size_t size)
{
	munmap(memory, size);
}

int ks_channel_check_process(void *context)
{
	struct pollfd process = { .fd = *(int *)context, .events = POLLIN };

	/* A pidfd is readable when its process has ended. */
	return poll(&process, 1, 0) > 0 ? -ECONNRESET : 0;
}
