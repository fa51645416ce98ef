// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

int msr_registers_on(unsigned cpu, u32 *regs);
