// SPDX-License-Identifier: MIT
/* The driver of stored.idl as the hostile run has it: it stores what it draws. */
#include "stored.h"

#include <stddef.h>

unsigned int draw(unsigned int below);

u32 ks_import_ask(numbers_function numbers, names_function names, things_function things,
                  u32 which);

int ks_driver_init(void);
u32 give_numbers(u32 which, const u32** to, u32* count);
u32 give_names(u32 which, const char* const** to, u32* count);
u32 give_things(u32 which, struct thing*** to);

u32 numbers[4] = {1, 2, 3, 4};
static const char* const names[] = {"one", "two", "three", NULL};
static struct thing things[3];
static struct thing* some[] = {&things[0], &things[1], &things[2], NULL};

u32 give_numbers(u32 which, const u32** to, u32* count) {
  if (which == 4) return 1;
  numbers[which % 4]++;
  *to = numbers + which % 4;
  *count = draw(16) ? 4 - which % 4 : draw(16);
  return 0;
}

u32 give_names(u32 which, const char* const** to, u32* count) {
  if (draw(16)) *to = draw(16) ? names : NULL;
  *count = draw(16) ? which % 4 : draw(4);
  return which == 4;
}

u32 give_things(u32 which, struct thing*** to) {
  *to = some + which % 4;
  things[which % 3].number++;
  return 0;
}

int ks_driver_init(void) {
  int i;

  for (i = 0; i < 8; i++)
    ks_import_ask(draw(8) ? give_numbers : NULL, draw(8) ? give_names : NULL,
                  draw(8) ? give_things : NULL, draw(5));
  return 0;
}
