/* SPDX-License-Identifier: MIT */
/* The kernel of lent.idl: memory of its own that it lends, and cells whose bytes the driver moves in their block. */
#ifndef LENT_H
#define LENT_H

#include <stdint.h>

typedef uint8_t u8;
typedef uint32_t u32;

struct cell {
  u8* bytes;
  u32 length;
  u8* head;
  u32 end; /* where what is the kernel's begins behind the head */
  void* inner; /* 12 bytes that only the driver has a struct for */
};

#endif
