// SPDX-License-Identifier: MIT
// What generated code puts and takes: a table that ends at zero has one end, or the other end could make
// this one look behind its own; and a number of the driver's in place of a pointer ends the domain, and is not followed.
// RUN: gcc -std=gnu11 -g -Wall -Wextra -Werror -fsanitize=address,undefined -I%root %s %runtime -lpthread -o glue
// RUN: ./glue | FileCheck %s
// CHECK: honest: taken
// CHECK-NEXT: an end inside: array with an end inside
// CHECK-NEXT: no end: array without its end
// CHECK-NEXT: a string: a pointer that is no address
// CHECK-NEXT: an error: a pointer that is no address
// CHECK-NEXT: bytes: a pointer that is no address
// CHECK-NEXT: strings: a pointer that is no address
// CHECK-NEXT: functions: a pointer that is no address
#include "ks-rt/glue.h"

#include <stdio.h>
#include <string.h>

static ks_u8 data[256];

static struct ks_message empty(void) {
  return (struct ks_message){.data = data, .capacity = sizeof(data), .is_driver = true};
}

static void say(const char* what, const struct ks_message* message) {
  printf("%s: %s\n", what, message->error ? message->why : "taken");
}

// The slots of a table as the other end sends them, and then the strings.
static void take(const char* what, const ks_u32* slots, ks_u32 count) {
  struct ks_message message = empty();
  ks_u64 taken;

  memset(data, 'a', sizeof(data));
  memcpy(data, slots, count * sizeof(*slots));
  memset(data + 16, 0, 16);
  message.size = 64;
  ks_take_strings(&message, count + 1, true, &taken, false);
  say(what, &message);
}

int main(void) {
  const struct ks_signature none = {0};
  const char* number = (const char*)16;
  struct ks_message message;

  take("honest", (const ks_u32[]){2, 2, 0}, 3);
  take("an end inside", (const ks_u32[]){2, 0, 0}, 3);
  take("no end", (const ks_u32[]){2, 2}, 2);

  message = empty();
  ks_put_string(&message, number);
  say("a string", &message);
  message = empty();
  ks_put_string(&message, (const char*)-12l);
  say("an error", &message);
  message = empty();
  ks_put_array(&message, number, 4, 1);
  say("bytes", &message);
  message = empty();
  ks_put_strings(&message, number, ks_count_null(number, sizeof(number)));
  say("strings", &message);
  message = empty();
  ks_put_functions(NULL, &message, number, ks_count_null(number, sizeof(ks_code)), &none);
  say("functions", &message);
  return 0;
}
