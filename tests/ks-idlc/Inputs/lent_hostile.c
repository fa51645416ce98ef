// SPDX-License-Identifier: MIT
/*
 * The kernel of lent.idl against a driver's end that sends rubbish, as buffers_hostile.c is. What it lends lies
 * between bytes that are nobody's but its own, which must stay what they are; so must what it lends to be read.
 */
#include "hostile.h"
#include "lent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ks_end* lent_driver_start(void);
void lent_driver_stop(void);
int lent_kernel_start(void);
void lent_kernel_stop(void);

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
static unsigned int looked, filled, spelled, moved;
static const char* const texts[] = {"", "beta", "a name that is longer"};

static void corrupt(struct ks_message* message) {
  unsigned int n = draw(rate) ? 0 : 1 + draw(3);

  while (n-- && message->size) {
    unsigned int at = draw(message->size);

    switch (draw(3)) {
    case 0: message->data[at] ^= 1 << draw(8); break;
    case 1:
      if (message->data[at] && message->data[at] < 64) message->data[at] += (u8)(1 + draw(8));
      break;
    case 2:
      if (message->size >= 8)
        memcpy(message->data + at / 8 * 8, message->data + draw(message->size) / 8 * 8, 8);
      break;
    }
  }
}

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
  cell->bytes = cell->head + FROM;
  cell->length = size;
  cells[cell_count++] = cell;
  return cell;
}

/* The driver's cells and the kernel's: all their bytes may be written to. */
void add_cell(struct cell* cell) {
  u32 i;

  for (i = 0; cell->bytes && i < cell->length; i++) moved += cell->bytes[i]++;
}

int main(int argc, char** argv) {
  unsigned int round, i, rounds = argc > 1 ? (unsigned int)atoi(argv[1]) : 1000;
  unsigned int good = 0;

  for (round = 0; round < rounds; round++) {
    seed = round + 1;
    rate = 2u << round % 6; /* one message in so many is changed */
    driver = lent_driver_start();
    if (!lent_kernel_start()) {
      good++;
      lent_kernel_stop();
    }
    lent_driver_stop();
    check();
    for (i = 0; i < block_count; i++) free(blocks[i].memory);
    for (i = 0; i < cell_count; i++) free(cells[i]);
    block_count = cell_count = 0;
  }
  printf("lived through %u rounds\n", round);
  fprintf(stderr, "%u domains started\n", good);
  fprintf(stderr, "%u looked, %u filled, %u spelled, %u moved\n", looked, filled, spelled, moved);
  return looked == 0;
}
