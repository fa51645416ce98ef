// SPDX-License-Identifier: MIT
/* Frames for the tests; all are free again when the next test begins. */
#include "tests/ks-rt/bare/machine.h"
#include "tests/ks-rt/bare/test.h"

static uint64_t frames_next;

void frames_reset(void) { frames_next = FRAMES_PHYSICAL; }

uint64_t frame_allocate(unsigned count)
{
	uint64_t physical = frames_next;

	frames_next += count * PAGE;
	if (frames_next > FRAMES_PHYSICAL + FRAMES_SIZE)
		test_stop("the frames are used up");
	memset(virtual_of(physical), 0, count * PAGE);
	return physical;
}

uint64_t physical_of(const void *address)
{
	uint64_t linear = (uint64_t)address;

	return linear >= IMAGE_BASE ? linear - IMAGE_BASE : linear - DIRECT_BASE;
}
