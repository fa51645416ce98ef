// SPDX-License-Identifier: MIT
#include "ks-rt/end/pair.hpp"

#include <cstring>
#include <vector>

namespace ks {
namespace {

// A reference that the kernel's end gives to `object`, and its shadow at the driver's.
struct Shared {
  ks_ref ref = 0;
  void* shadow = nullptr;
};

Shared share(ks_end* from, ks_end* to, const void* object, ks_u16 type, size_t size = 0) {
  Message out(from);
  Message in(to);
  Shared shared;
  shared.ref = ref_of(from, out, object, type);
  EXPECT_EQ(out->error, 0);
  shared.shadow = ks_object_shadow(to, in, whole(shared.ref), type, size);
  EXPECT_EQ(in->error, 0);
  return shared;
}

void* find(ks_end* end, ks_ref ref, ks_u16 type, int* error = nullptr) {
  Message message(end);
  void* found = ks_object_find(end, message, whole(ref), type);
  if (error) *error = message->error;
  message->error = 0; // what the test provokes must not stop the domain
  return found;
}

TEST(Objects, reference_is_stable_and_finds_its_object) {
  Pair pair;
  int object = 0;
  Shared a = share(pair.kernel, pair.driver, &object, type_device);
  Shared b = share(pair.kernel, pair.driver, &object, type_device);
  EXPECT_EQ(a.ref, b.ref);
  EXPECT_EQ(a.shadow, b.shadow);
  EXPECT_NE(a.shadow, &object);
  EXPECT_EQ(find(pair.kernel, a.ref, type_device), &object);
  EXPECT_EQ(find(pair.driver, a.ref, type_device), a.shadow);
}

TEST(Objects, shadow_has_its_owners_reference) {
  Pair pair;
  int object = 0;
  Shared shared = share(pair.driver, pair.kernel, &object, type_packet);
  Message message(pair.kernel);
  EXPECT_EQ(ref_of(pair.kernel, message, shared.shadow, type_packet), shared.ref);
  EXPECT_NE(ref_of(pair.kernel, message, shared.shadow, type_device), shared.ref)
      << "the same address as another type is another object";
}

TEST(Objects, null_crosses_as_zero) {
  Pair pair;
  Message message(pair.kernel);
  EXPECT_EQ(ref_of(pair.kernel, message, nullptr, type_device), 0u);
  EXPECT_EQ(ks_object_find(pair.kernel, message, whole(0), type_device), nullptr);
  EXPECT_EQ(ks_object_shadow(pair.kernel, message, whole(0), type_device, 0), nullptr);
  EXPECT_TRUE(ks_object_acceptable(pair.kernel, message, whole(0), type_device));
  EXPECT_EQ(message->error, 0);
}

TEST(Objects, shadow_is_zeroed_and_as_large_as_asked) {
  Pair pair;
  int object = 0;
  Shared shared = share(pair.kernel, pair.driver, &object, type_device, 5000);
  auto* bytes = static_cast<ks_u8*>(shared.shadow);
  for (int i = 0; i < 5000; i++) ASSERT_EQ(bytes[i], 0);
  memset(bytes, 0xff, 5000); // ASan looks on
}

TEST(Objects, bad_sizes_of_a_shadow) {
  Pair pair;
  int object = 0, other = 0;
  Shared shared = share(pair.kernel, pair.driver, &object, type_device, 100);
  {
    Message message(pair.driver);
    EXPECT_EQ(ks_object_shadow(pair.driver, message, whole(shared.ref), type_device, 101), nullptr);
    EXPECT_EQ(message->error, -EBADMSG);
  }
  Message out(pair.kernel);
  ks_ref ref = ref_of(pair.kernel, out, &other, type_device);
  for (size_t size : {size_t{63}, (size_t{1} << 20) + 1, size_t{0} - 1}) {
    Message message(pair.driver);
    EXPECT_EQ(ks_object_shadow(pair.driver, message, whole(ref), type_device, size), nullptr);
    EXPECT_EQ(message->error, -EBADMSG);
  }
}

TEST(Objects, opaque_shadows_differ) {
  Pair pair;
  int a = 0, b = 0;
  EXPECT_NE(share(pair.kernel, pair.driver, &a, type_opaque).shadow,
            share(pair.kernel, pair.driver, &b, type_opaque).shadow);
}

// Every part of a good reference changed: at the kernel's end none may be found, none accepted.
TEST(Objects, bad_references_are_refused) {
  Pair pair;
  int object = 0, kernels = 0;
  Shared mine = share(pair.driver, pair.kernel, &object, type_packet);
  Shared theirs = share(pair.kernel, pair.driver, &kernels, type_packet);
  for (const Shared& good : {mine, theirs})
    for (int bit = 0; bit < 64; bit++) {
      ks_ref forged = good.ref ^ (ks_ref{1} << bit);
      if (forged == mine.ref || forged == theirs.ref) continue;
      int error = 0;
      EXPECT_EQ(find(pair.kernel, forged, type_packet, &error), nullptr) << bit;
      EXPECT_EQ(error, -EBADMSG) << bit;
    }
}

TEST(Objects, bad_forms_are_not_acceptable) {
  Pair pair;
  const ks_ref type = ks_ref{type_packet + 1} << 48, drivers = ks_ref{1} << 63,
               generation = ks_ref{1} << 24;
  auto accepts = [&](ks_ref ref, ks_u16 as = type_packet) {
    Message message(pair.kernel);
    bool accepted = ks_object_acceptable(pair.kernel, message, whole(ref), as);
    EXPECT_EQ(accepted, message->error == 0);
    bool shadowed = ks_object_shadow(pair.kernel, message, whole(ref), as, 0) != nullptr;
    EXPECT_EQ(accepted, shadowed) << "both passes agree";
    message->error = 0;
    return accepted;
  };
  EXPECT_TRUE(accepts(drivers | type | generation | 7));
  EXPECT_TRUE(accepts(drivers | type | generation | 65535));
  EXPECT_FALSE(accepts(drivers | type | generation | 65536)) << "slot out of range";
  EXPECT_FALSE(accepts(drivers | type | generation | 0xffffff)) << "slot out of range";
  EXPECT_FALSE(accepts(drivers | type | 8)) << "no generation";
  EXPECT_FALSE(accepts(drivers | generation | 9)) << "no type";
  EXPECT_FALSE(accepts(drivers | type | generation | 9, type_device)) << "another type";
  EXPECT_FALSE(accepts(drivers | ks_ref{0x7fff} << 48 | generation | 9, 0x7ffe)) << "unknown type";
  EXPECT_FALSE(accepts(type | generation | 9)) << "the kernel's own, which it never gave";
}

TEST(Objects, acceptable_makes_nothing) {
  Pair pair;
  Message message(pair.kernel);
  ks_ref ref = ks_ref{1} << 63 | ks_ref{type_packet + 1} << 48 | ks_ref{1} << 24 | 3;
  EXPECT_TRUE(ks_object_acceptable(pair.kernel, message, whole(ref), type_packet));
  EXPECT_EQ(pair.statistics().shadows, 0u);
  EXPECT_FALSE(ks_ref_known(pair.kernel, ref));
}

TEST(Objects, fresh_forgets_the_old_object) {
  Pair pair;
  int object = 0;
  Shared old = share(pair.kernel, pair.driver, &object, type_packet);
  Message message(pair.kernel);
  ks_ref ref = ks_object_place_fresh(pair.kernel, message, &object, type_packet).ref;
  EXPECT_NE(ref, old.ref);
  EXPECT_EQ(find(pair.kernel, old.ref, type_packet), nullptr);
  EXPECT_EQ(find(pair.kernel, ref, type_packet), &object);
  pair.cross(pair.kernel);
  EXPECT_EQ(find(pair.driver, old.ref, type_packet), nullptr);
}

TEST(Objects, stale_generation_is_refused_after_reuse_of_the_slot) {
  Pair pair;
  std::vector<char> memory(70000);
  std::vector<ks_ref> old;
  Message message(pair.kernel);
  for (size_t round = 0; round < 70000; round++) {
    ks_ref ref = ref_of(pair.kernel, message, &memory[round], type_packet);
    ASSERT_NE(ref, 0u);
    old.push_back(ref);
    ks_ref_drop(pair.kernel, ref);
    if (round % 16 == 0) pair.cross(pair.kernel);
  }
  EXPECT_LT(old.back() & 0xffffff, 1000u) << "slots are used again";
  int object = 0;
  ASSERT_NE(ref_of(pair.kernel, message, &object, type_packet), 0u);
  for (ks_ref ref : old) ASSERT_FALSE(ks_ref_known(pair.kernel, ref));
}

TEST(Objects, table_is_bounded) {
  Pair pair;
  std::vector<char> memory(65537);
  Message message(pair.kernel);
  size_t made = 0;
  while (made < memory.size() && ref_of(pair.kernel, message, &memory[made], type_packet)) made++;
  EXPECT_EQ(made, 65535u) << "and one slot is the global's";
  EXPECT_EQ(message->error, -ENOMEM);
  EXPECT_FALSE(ks_domain_stopped(pair.kernel));
}

TEST(Objects, shadows_are_bounded_in_bytes) {
  Pair pair;
  Message message(pair.kernel);
  ks_u32 made = 0;
  auto ref = [](ks_u32 n) {
    return ks_ref{1} << 63 | ks_ref{type_packet + 1} << 48 | ks_ref{1} << 24 | n;
  };
  while (made < 65536 &&
         ks_object_shadow(pair.kernel, message, whole(ref(made)), type_packet, 1 << 20))
    made++;
  EXPECT_LE(made, 32u);
  EXPECT_GE(made, 16u);
  EXPECT_EQ(message->error, -ENOMEM);
}

TEST(Objects, global_is_bound_from_the_start) {
  Pair pair;
  Message kernel(pair.kernel), driver(pair.driver);
  ks_ref ref = ref_of(pair.driver, driver, pair.driver_global.data(), type_device);
  EXPECT_EQ(find(pair.kernel, ref, type_device), pair.kernel_global.data());
  EXPECT_EQ(ref_of(pair.kernel, kernel, pair.kernel_global.data(), type_device), ref);
  EXPECT_NE(ks_object_twin(pair.driver, pair.driver_global.data(), type_device), nullptr);
  ks_object_drop(pair.driver, pair.driver_global.data(), type_device);
  ks_object_drop(pair.kernel, pair.kernel_global.data(), type_device);
  pair.cross(pair.driver);
  EXPECT_EQ(find(pair.kernel, ref, type_device), pair.kernel_global.data());
  EXPECT_EQ(find(pair.driver, ref, type_device), pair.driver_global.data());
  EXPECT_EQ(pair.statistics().live_objects, 0u);
  EXPECT_EQ(pair.statistics().shadows, 0u);
}

TEST(Objects, twin_is_the_drivers_alone) {
  Pair pair;
  int kernels = 0, drivers = 0, opaque = 0;
  Shared a = share(pair.kernel, pair.driver, &kernels, type_device, 200);
  Shared b = share(pair.driver, pair.kernel, &drivers, type_device);
  Shared c = share(pair.kernel, pair.driver, &opaque, type_opaque);
  auto* twin = static_cast<ks_u8*>(ks_object_twin(pair.driver, a.shadow, type_device));
  ASSERT_NE(twin, nullptr);
  for (int i = 0; i < 64; i++) EXPECT_EQ(twin[i], 0);
  memset(twin, 1, 64);
  EXPECT_EQ(static_cast<ks_u8*>(a.shadow)[199], 0);
  EXPECT_NE(ks_object_twin(pair.driver, &drivers, type_device), nullptr);
  EXPECT_EQ(ks_object_twin(pair.kernel, b.shadow, type_device), nullptr);
  EXPECT_EQ(ks_object_twin(pair.kernel, &kernels, type_device), nullptr);
  EXPECT_EQ(ks_object_twin(pair.driver, c.shadow, type_opaque), nullptr);
  EXPECT_EQ(ks_object_twin(pair.driver, a.shadow, type_packet), nullptr);
}

TEST(Objects, attachment_keeps_its_place_until_it_grows) {
  Pair pair;
  int object = 0;
  Shared shared = share(pair.kernel, pair.driver, &object, type_device);
  Message message(pair.driver);
  auto attach = [&](ks_u32 field, size_t size) {
    return static_cast<char*>(
        ks_object_attach(pair.driver, message, shared.shadow, type_device, field, size));
  };
  char* first = attach(1, 10);
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first[9], 0);
  strcpy(first, "ninechars");
  EXPECT_EQ(attach(1, 4), first);
  EXPECT_STREQ(first, "ninechars");
  EXPECT_NE(attach(2, 10), first);
  char* second = attach(1, 11);
  EXPECT_NE(second, first);
  EXPECT_EQ(second[10], 0);
  EXPECT_STREQ(first, "ninechars") << "the old one stays as long as the shadow";
  EXPECT_EQ(attach(1, 20), second) << "it doubled";
}

TEST(Objects, texts_are_kept_once) {
  Pair pair;
  Message message(pair.kernel);
  char text[] = "a reason";
  char* kept = ks_text_keep(pair.kernel, message, text, sizeof(text));
  ASSERT_NE(kept, nullptr);
  EXPECT_NE(kept, text);
  EXPECT_STREQ(kept, "a reason");
  text[0] = 'A';
  char* other = ks_text_keep(pair.kernel, message, text, sizeof(text));
  EXPECT_NE(other, kept);
  EXPECT_STREQ(kept, "a reason");
  text[0] = 'a';
  EXPECT_EQ(ks_text_keep(pair.kernel, message, text, sizeof(text)), kept);
  EXPECT_NE(ks_text_keep(pair.kernel, message, text, 2), kept);
}

TEST(Objects, too_many_texts) {
  Pair pair;
  Message message(pair.kernel);
  int i = 0;
  while (i < 100000 &&
         ks_text_keep(pair.kernel, message, reinterpret_cast<const char*>(&i), sizeof(i)))
    i++;
  EXPECT_LT(i, 100000);
  EXPECT_EQ(message->error, -ENOMEM);
}

TEST(Objects, tables_are_kept_once_for_a_place) {
  Pair pair;
  Message message(pair.kernel);
  const size_t pointers[] = {1, 2, 3, 4};
  auto keep = [&](ks_u32 what, ks_u64 at, size_t first, size_t count) {
    return static_cast<size_t*>(
        ks_table_keep(pair.kernel, message, what, at, pointers + first, count * sizeof(*pointers)));
  };
  size_t* kept = keep(1, 4096, 0, 2);
  ASSERT_NE(kept, nullptr);
  EXPECT_NE(kept, pointers);
  EXPECT_EQ(kept[1], 2u);
  EXPECT_EQ(kept[2], 0u) << "zeroes follow";
  EXPECT_EQ(keep(1, 4096, 1, 2), kept);
  EXPECT_EQ(kept[0], 2u) << "with the new content";
  EXPECT_EQ(kept[1], 3u);
  EXPECT_NE(keep(2, 4096, 0, 2), kept) << "another use";
  EXPECT_NE(keep(1, 8192, 0, 2), kept) << "another place";
  EXPECT_EQ(kept[0], 2u);
  size_t* larger = keep(1, 4096, 0, 3);
  EXPECT_NE(larger, kept);
  EXPECT_EQ(kept[0], 2u) << "the old one stays";
  EXPECT_EQ(keep(1, 4096, 0, 4), larger) << "it doubled";
  EXPECT_EQ(ks_table_keep(pair.kernel, message, 1, 4096, nullptr, 8), nullptr);
  EXPECT_EQ(message->error, 0);
}

TEST(Objects, too_many_tables) {
  Pair pair;
  Message message(pair.kernel);
  const size_t pointer = 1;
  ks_u64 at = 0;
  while (at < 100000 && ks_table_keep(pair.kernel, message, 0, at, &pointer, sizeof(pointer))) at++;
  EXPECT_LT(at, 100000u);
  EXPECT_EQ(message->error, -ENOMEM);
}

TEST(Objects, what_is_attached_to_what_has_ended_goes_nowhere) {
  Pair pair;
  int object = 0;
  for (ks_end* end : {pair.driver, pair.kernel}) {
    Message message(end);
    void* attached = ks_object_attach(end, message, &object, type_device, 1, 8);
    ASSERT_NE(attached, nullptr);
    memset(attached, 1, 8);
    EXPECT_EQ(message->error, 0);
    EXPECT_EQ(object, 0);
  }
}

TEST(Objects, bad_attachments) {
  Pair pair;
  int object = 0;
  Shared shared = share(pair.kernel, pair.driver, &object, type_device);
  Message large(pair.driver), many(pair.driver);
  EXPECT_EQ(ks_object_attach(pair.driver, large, shared.shadow, type_device, 1, size_t{0} - 1),
            nullptr);
  EXPECT_EQ(large->error, -EBADMSG);
  ks_u32 field = 0;
  while (field < 100 &&
         ks_object_attach(pair.driver, many, shared.shadow, type_device, field, 1 << 20))
    field++;
  EXPECT_LT(field, 32u);
  EXPECT_EQ(many->error, -ENOMEM);
}

TEST(Objects, variables_of_the_kernel_are_met_by_walks_from_the_start) {
  Pair pair;
  for (ks_end* end : {pair.kernel, pair.driver}) {
    ks_walk walk{};
    ks_place place{};
    ASSERT_TRUE(ks_walk_next(end, &walk, type_device, &place));
    EXPECT_EQ(walk.address,
              end == pair.kernel ? pair.kernel_global.data() : pair.driver_global.data());
    EXPECT_GT(walk.serial, 0u); // for who asks for all that were made
    EXPECT_LE(walk.serial, ks_objects_made(end));
  }
}

// The numbers that may be in a place, and the operation whose handles may be.
struct Signature : ks_signature {
  explicit Signature(std::vector<ks_u32> numbers_, ks_u32 operation_ = 0)
      : ks_signature{}, owned(std::move(numbers_)) {
    numbers = owned.data();
    count = static_cast<ks_u32>(owned.size());
    operation = operation_;
  }
  std::vector<ks_u32> owned;
};

TEST(Functions, cross_by_number) {
  Pair pair;
  const Signature both({1, 2}), second({2}), beyond({3});
  Message message(pair.driver);
  EXPECT_EQ(ks_function_number(pair.driver, message, nullptr, &both), 0u);
  EXPECT_EQ(ks_function_number(pair.driver, message, stub_b, &both), 2u);
  EXPECT_EQ(ks_function_at(pair.kernel, message, 2, &both), function_b);
  EXPECT_EQ(ks_function_at(pair.kernel, message, 0, &both), nullptr);
  EXPECT_EQ(message->error, 0);
  EXPECT_EQ(ks_function_at(pair.kernel, message, 1, &second), nullptr);
  EXPECT_EQ(message->error, -EBADMSG);
  Message other(pair.driver);
  EXPECT_EQ(ks_function_at(pair.kernel, other, 3, &beyond), nullptr);
  EXPECT_EQ(other->error, -EBADMSG);
  Message third(pair.driver);
  EXPECT_EQ(ks_function_number(pair.driver, third, function_a, &both), 0u);
  EXPECT_EQ(third->error, -EINVAL);
}

TEST(Functions, of_the_kernel_without_number_cross_as_handles) {
  Pair pair;
  const Signature place({2}, 1), other_place({}, 1);
  Message message(pair.kernel);
  const ks_u32 handle = ks_function_number(pair.kernel, message, function_without_number, &place);
  EXPECT_GT(handle, 2u);
  EXPECT_EQ(ks_function_number(pair.kernel, message, function_without_number, &other_place),
            handle);
  EXPECT_NE(ks_function_number(pair.kernel, message, other_function_without_number, &place),
            handle);
  EXPECT_EQ(ks_function_number(pair.kernel, message, function_b, &place), 2u);
  EXPECT_GT(ks_function_number(pair.kernel, message, function_b, &other_place), 2u);
  void (*stub)() = ks_function_at(pair.driver, message, handle, &place);
  EXPECT_EQ(stub, pair_stubs<0>[0]);
  EXPECT_EQ(ks_function_number(pair.driver, message, stub, &other_place), handle);
  EXPECT_EQ(ks_function_at(pair.kernel, message, handle, &place), function_without_number);
  EXPECT_EQ(message->error, 0);
}

TEST(Functions, of_the_kernel_are_as_many_as_there_are_handles) {
  Pair pair;
  const Signature place({}, 2);
  Message message(pair.kernel);
  std::array<char, KS_OPERATION_FUNCTIONS + 1> code{};
  for (char& one : code) {
    EXPECT_EQ(message->error, 0);
    ks_function_number(pair.kernel, message, reinterpret_cast<void (*)()>(&one), &place);
  }
  EXPECT_EQ(message->error, -ENOSPC);
}

TEST(Functions, module_of_what_a_handle_stands_for_stays_as_long_as_the_domain) {
  const Signature place({2}, 1);
  const ks_u32 held = ks_user_holds_functions(true);
  {
    Pair pair;
    Message message(pair.kernel);
    for (int i = 0; i < 3; ++i)
      ks_function_number(pair.kernel, message, function_without_number, &place);
    ks_function_number(pair.kernel, message, function_b, &place); // has a number
    EXPECT_EQ(ks_user_holds_functions(true), held + 1);
  }
  EXPECT_EQ(ks_user_holds_functions(true), held);
}

TEST(Functions, function_of_a_module_that_goes_has_no_handle) {
  Pair pair;
  const Signature place({}, 1);
  Message message(pair.kernel), later(pair.kernel);
  ks_user_holds_functions(false);
  EXPECT_EQ(ks_function_number(pair.kernel, message, function_without_number, &place), 0u);
  EXPECT_EQ(message->error, -ENOENT);
  ks_user_holds_functions(true);
  EXPECT_GT(ks_function_number(pair.kernel, later, function_without_number, &place), 0u);
}

TEST(Functions, index_beyond_its_table_is_none_even_for_a_guess) {
  for (const size_t count : {size_t{1}, size_t{64}, size_t{65536}}) {
    EXPECT_EQ(ks_index(count - 1, count), count - 1);
    for (const size_t beyond : {count, count + 1, size_t{1} << 32, ~size_t{0}})
      EXPECT_EQ(ks_index(beyond, count), 0u);
  }
}

TEST(Functions, handle_that_was_never_given_out_is_bad) {
  Pair pair;
  const Signature place({}, 1);
  Message message(pair.kernel);
  const ks_u32 handle = ks_function_number(pair.kernel, message, function_without_number, &place);
  for (const ks_u32 bad : {handle + 1, handle + KS_OPERATION_FUNCTIONS,
                           handle + 2 * KS_OPERATION_FUNCTIONS, ~ks_u32{0}, ks_u32{1}}) {
    Message hostile(pair.driver);
    EXPECT_EQ(ks_function_at(pair.kernel, hostile, bad, &place), nullptr);
    EXPECT_EQ(hostile->error, -EBADMSG);
  }
}

TEST(Functions, handle_of_another_signature_is_bad) {
  Pair pair;
  const Signature first({}, 1), second({}, 2), none({1, 2});
  Message message(pair.kernel);
  const ks_u32 handle = ks_function_number(pair.kernel, message, function_without_number, &first);
  for (const Signature* place : {&second, &none}) {
    Message hostile(pair.driver);
    EXPECT_EQ(ks_function_at(pair.kernel, hostile, handle, place), nullptr);
    EXPECT_EQ(hostile->error, -EBADMSG);
  }
}

} // namespace
} // namespace ks
