// SPDX-License-Identifier: MIT
/*
 * The kernel of stored.idl against a driver's end that sends rubbish. Whatever is stored, there is as much as it is said
 * to be, it is no address that the driver chose, and it is there for as long as the domain.
 */
#include "hostile.h"
#include "stored.h"

ENDS(stored);

u32 ask(numbers_function numbers, names_function names, things_function things, u32 which);

enum { most = 64 };

static const u32* numbers_got[most];
static const char* const* names_got[most];
static struct thing** things_got[most];
static u32 count_of_numbers[most], count_of_names[most];
static unsigned int asked, got, letters;

static void change(struct ks_message* message, unsigned int at) { change_any(message, at, 12, 4); }

static void corrupt(struct ks_message* message) { damage(message, change); }

/* Each of these reads all that it is said to be. */
static u32 look_at(u32 one) {
  u32 i, sum = 0;

  for (i = 0; i < count_of_numbers[one]; i++) sum += numbers_got[one][i];
  for (i = 0; i < count_of_names[one]; i++)
    letters += names_got[one][i] ? strlen(names_got[one][i]) : 0;
  for (i = 0; things_got[one] && things_got[one][i]; i++) got++;
  return sum;
}

u32 ask(numbers_function numbers, names_function names, things_function things, u32 which) {
  const u32 one = asked++ % most;
  const u32* list = NULL;
  const char* const* words = NULL;
  struct thing** some = NULL;
  u32 count = 0;

  count_of_numbers[one] = count_of_names[one] = 0;
  things_got[one] = NULL;
  if (numbers && !numbers(which, &list, &count)) {
    numbers_got[one] = list;
    count_of_numbers[one] = count;
  }
  count = 0;
  if (names && !names(which, &words, &count)) {
    names_got[one] = words;
    count_of_names[one] = count;
  }
  if (things && !things(which, &some)) things_got[one] = some;
  return look_at(one);
}

static void forget(void) {
  memset(count_of_numbers, 0, sizeof(count_of_numbers));
  memset(count_of_names, 0, sizeof(count_of_names));
  memset(things_got, 0, sizeof(things_got));
}

int main(int argc, char** argv) {
  live_through(argc, argv, &ends, NULL, forget);
  fprintf(stderr, "%u asked, %u things, %u letters\n", asked, got, letters);
  return 0;
}
