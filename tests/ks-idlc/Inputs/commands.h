/* SPDX-License-Identifier: MIT */
/* The kernel of commands.idl: arguments that are a struct of one kind or another, bytes, a text, an object or a
 * number, as a command says that stands before or behind them. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include <stdint.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;

enum { CMD_SMALL, CMD_LARGE, CMD_BYTES, CMD_TEXT, CMD_OBJECT, CMD_NAMED, CMD_KEPT };

struct small {
	u32 value;
	const char *reason;
};

struct large {
	u64 values[8];
};

#endif
