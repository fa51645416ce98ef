// SPDX-License-Identifier: MIT
/* The driver of lent.idl as the hostile run has it: it keeps what it is lent, and writes, moves and hands back what
 * it draws of that. */
#include "lent.h"

#include <stddef.h>

unsigned int draw(unsigned int below);

u8* ks_import_to_write(u32 n);
u8* ks_import_to_read(u32 n);
const char* ks_import_to_spell(u32 which);
void ks_import_fill(u8* bytes, u32 n);
void ks_import_look(u8* bytes, u32 n);
void ks_import_spell(const char* text);
struct cell* ks_import_make_cell(u32 size);
void ks_import_add_cell(struct cell* cell);

int ks_driver_init(void);

static u8* lent(u32* n) {
  *n = 1 + draw(16);
  return draw(3) ? ks_import_to_write(*n) : ks_import_to_read(*n);
}

static void use(u8* bytes, u32 n) {
  u32 from = draw(4) ? 0 : draw(n + 1);

  if (!bytes) return;
  if (!draw(3)) bytes[draw(draw(8) ? n : 24)]++;
  if (!draw(2))
    ks_import_fill(bytes + from, draw(4) ? n - from : draw(24));
  else
    ks_import_look(bytes + from, draw(4) ? n - from : draw(24));
  if (!draw(8)) ks_import_spell((const char*)bytes + from);
}

static void move(struct cell* cell) {
  if (!cell || !cell->bytes) return;
  if (!draw(6)) {
    u8* bytes = ks_import_to_read(16);

    cell->bytes = bytes ? bytes : cell->bytes;
    cell->length = draw(12);
  } else if (!draw(2)) {
    cell->bytes -= draw(5);
    cell->length += draw(5);
  }
  if (!draw(4)) cell->bytes += draw(5);
  if (cell->inner && !draw(3)) ((u8*)cell->inner)[draw(draw(8) ? 12 : 24)]++;
  if (!draw(8)) cell->inner = cell->bytes;
  if (!draw(4)) cell->length = draw(24);
  if (cell->length && !draw(2)) cell->bytes[draw(draw(8) ? cell->length : 8)]++;
  ks_import_add_cell(cell);
}

int ks_driver_init(void) {
  int i;

  for (i = 0; i < 6; i++) {
    u32 n;
    u8* bytes = lent(&n);

    use(bytes, n);
    if (!draw(2)) ks_import_spell(ks_import_to_spell(draw(3)));
    move(ks_import_make_cell(draw(24)));
  }
  return 0;
}
