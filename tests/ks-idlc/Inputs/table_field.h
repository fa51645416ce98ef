/* SPDX-License-Identifier: MIT */
/* The kernel of tables-in-fields.idl. */
#ifndef TABLE_FIELD_H
#define TABLE_FIELD_H

#include <stdint.h>

typedef uint32_t u32;

struct port {
	u32 number;
};

struct lines {
	struct port **ports;
};

#endif
