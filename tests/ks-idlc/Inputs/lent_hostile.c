// SPDX-License-Identifier: MIT
/*
 * The kernel of lent.idl against a driver's end that sends rubbish, as buffers_hostile.c is. What it lends lies
 * between bytes that are nobody's but its own, which must stay what they are; so must what it lends to be read.
 */
#include "hostile.h"
#include "lent.h"

ENDS(lent);

u8* to_write(u32 n);
u8* to_read(u32 n);
const char* to_spell(u32 which);
void fill(u8* bytes, u32 n);
void look(u8* bytes, u32 n);
void spell(const char* text);
struct cell* make_cell(u32 size);
void add_cell(struct cell* cell);

#define OWN 24 /* bytes before and behind what is lent */
#define FROM 16

/* A block of the kernel's: `from` to `to` is lent, for writing or not. */
static struct block {
  u8* memory;
  u32 size, from, to;
  int writes;
} blocks[64];
static unsigned int block_count;
static struct cell* cells[16];
static unsigned int cell_count;
static unsigned int looked, filled, spelled, moved, held;
static const char* const texts[] = {"", "beta", "a name that is longer"};

static void change(struct ks_message* message, unsigned int at) {
  switch (draw(3)) {
  case 0: flip_bit(message, at); break;
  case 1: add_some(message, at, 64); break;
  case 2: copy_word(message, at, 8); break;
  }
}

static void corrupt(struct ks_message* message) { damage(message, change); }

static u8* lend(u32 size, u32 from, u32 to, int writes) {
  struct block* block = &blocks[block_count];

  if (block_count == 64) return NULL;
  block_count++;
  *block = (struct block){malloc(size), size, from, to, writes};
  memset(block->memory, 0xa5, size);
  return block->memory + from;
}

/* What is not the driver's to write to is what it was. */
static void check(void) {
  unsigned int i, k;

  for (i = 0; i < block_count; i++)
    for (k = 0; k < blocks[i].size; k++)
      if ((!blocks[i].writes || k < blocks[i].from || k >= blocks[i].to) &&
          blocks[i].memory[k] != 0xa5) {
        fprintf(stderr, "block %u was written to at %u\n", i, k);
        abort();
      }
}

u8* to_write(u32 n) { return n > 16 ? NULL : lend(OWN * 2 + n, OWN, OWN + n, 1); }

u8* to_read(u32 n) { return n > 16 ? NULL : lend(OWN * 2 + n, OWN, OWN + n, 0); }

const char* to_spell(u32 which) { return which < 3 ? texts[which] : NULL; }

void fill(u8* bytes, u32 n) {
  u32 i;

  for (i = 0; bytes && i < n; i++) {
    bytes[i] = (u8)i;
    filled++;
  }
}

void look(u8* bytes, u32 n) {
  u32 i;

  for (i = 0; bytes && i < n; i++) looked += bytes[i] != 0;
}

void spell(const char* text) {
  if (text) spelled += strlen(text) + 1;
}

struct cell* make_cell(u32 size) {
  struct cell* cell;

  if (size > 32 || cell_count == 16) return NULL;
  cell = calloc(1, sizeof(*cell));
  cell->head = lend(64, 0, 48, 1);
  if (!cell->head) {
    free(cell);
    return NULL;
  }
  cell->end = 48;
  cell->inner = lend(OWN * 2 + 12, OWN, OWN + 12, 1);
  cell->bytes = cell->head + FROM;
  cell->length = size;
  cells[cell_count++] = cell;
  return cell;
}

/* The driver's cells and the kernel's: all their bytes may be written to. */
void add_cell(struct cell* cell) {
  u32 i;

  for (i = 0; cell->bytes && i < cell->length; i++) moved += cell->bytes[i]++;
  for (i = 0; cell->inner && i < 12; i++) held += ((u8*)cell->inner)[i] != 0xa5;
}

static void forget(void) {
  unsigned int i;

  check();
  for (i = 0; i < block_count; i++) free(blocks[i].memory);
  for (i = 0; i < cell_count; i++) free(cells[i]);
  block_count = cell_count = 0;
}

int main(int argc, char** argv) {
  live_through(argc, argv, &ends, NULL, forget);
  fprintf(stderr, "%u looked, %u filled, %u spelled, %u moved, %u held\n", looked, filled, spelled,
          moved, held);
  return looked == 0;
}
