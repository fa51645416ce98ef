// SPDX-License-Identifier: MIT
#include "ks-rt/end/pair.hpp"
#include "ks-rt/end/spans.h"
#include "ks-rt/os/os.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace ks {
namespace {

struct Packet {
  char bytes[24];
};

struct Device {
  char head[8];
  Packet packets[2];
  char tail[8];
};

// Memory that the domain's allocator has given out.
class Block {
public:
  explicit Block(size_t size) : memory_(size) { ks_block_add(memory_.data(), size); }
  ~Block() { ks_block_remove(memory_.data()); }
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  char* at(size_t offset) { return memory_.data() + offset; }

private:
  std::vector<char> memory_;
};

ks_place place_of(ks_end* end, const void* address, ks_u16 type) {
  Message message(end);
  ks_place place = ks_object_place(end, message, address, type);
  EXPECT_EQ(message->error, 0);
  message->error = 0;
  return place;
}

// What the end makes of a place in its second pass; the error is not to stop the domain.
char* arrive(ks_end* end, ks_place place, ks_u16 type, int* error = nullptr) {
  Message message(end);
  char* object = static_cast<char*>(ks_object_shadow(end, message, place, type, 0));
  if (error) *error = message->error;
  message->error = 0;
  return object;
}

char* find(ks_end* end, ks_place place, ks_u16 type, int* error = nullptr) {
  Message message(end);
  char* object = static_cast<char*>(ks_object_find(end, message, place, type));
  if (error) *error = message->error;
  message->error = 0;
  return object;
}

bool accepts(ks_end* end, ks_place place, ks_u16 type) {
  Message message(end);
  bool accepted = ks_object_acceptable(end, message, place, type);
  EXPECT_EQ(message->error, accepted ? 0 : -EBADMSG);
  message->error = 0;
  return accepted;
}

// Both passes refuse it.
void expect_refused(ks_end* end, ks_place place, ks_u16 type) {
  int error = 0;
  EXPECT_FALSE(accepts(end, place, type));
  EXPECT_EQ(arrive(end, place, type, &error), nullptr);
  EXPECT_EQ(error, -EBADMSG);
}

ks_place moved(ks_place place, ks_u32 offset) {
  place.offset = offset;
  return place;
}

TEST(Places, part_of_a_kernels_object_is_that_part) {
  Pair pair;
  Device device{};
  ks_place of_device = place_of(pair.kernel, &device, type_device);
  char* shadow = arrive(pair.driver, of_device, type_device);
  ASSERT_NE(shadow, nullptr);
  for (size_t i : {0, 1}) {
    ks_place place = place_of(pair.driver, shadow + 8 + 24 * i, type_packet);
    EXPECT_EQ(place.ref, of_device.ref);
    EXPECT_EQ(find(pair.kernel, place, type_packet), device.packets[i].bytes);
    EXPECT_EQ(place_of(pair.kernel, &device.packets[i], type_packet).offset, place.offset);
  }
}

ks_place row_of(ks_end* end, const void* first, ks_u16 type, ks_u64 count) {
  Message message(end);
  ks_place place = ks_object_place_row(end, message, first, type, count);
  EXPECT_EQ(message->error, 0);
  return place;
}

TEST(Places, structs_side_by_side_are_one_place) {
  Pair pair;
  Device device{};
  std::array<Packet, 3> packets{};
  ks_place of_device = place_of(pair.kernel, &device, type_device);
  ks_place parts = row_of(pair.kernel, device.packets, type_packet, 2);
  EXPECT_EQ(parts.ref, of_device.ref);
  EXPECT_EQ(parts.offset, 8u);
  // What no object is known around becomes one that is as large as all of them.
  ks_place own = row_of(pair.kernel, packets.data(), type_packet, packets.size());
  EXPECT_EQ(own.extent, sizeof(packets));
  char* shadow = arrive(pair.driver, own, type_packet);
  ASSERT_NE(shadow, nullptr);
  EXPECT_EQ(arrive(pair.driver, moved(own, 48), type_packet), shadow + 48);
  ks_place last = place_of(pair.driver, shadow + 48, type_packet);
  EXPECT_EQ(find(pair.kernel, last, type_packet), packets[2].bytes);
  EXPECT_EQ(row_of(pair.kernel, packets.data() + 1, type_packet, 2).ref, own.ref);
}

TEST(Places, structs_side_by_side_in_several_objects_have_no_place) {
  Pair pair;
  Device device{};
  std::array<Packet, 3> packets{};
  place_of(pair.kernel, &device, type_device);
  EXPECT_EQ(row_of(pair.kernel, device.packets, type_packet, 3).ref, 0u);
  place_of(pair.kernel, packets.data(), type_packet);
  EXPECT_EQ(row_of(pair.kernel, packets.data(), type_packet, 3).ref, 0u);
  EXPECT_EQ(row_of(pair.kernel, packets.data(), type_packet, 0).ref, 0u);
  EXPECT_EQ(row_of(pair.kernel, packets.data(), type_packet, ~0ull).ref, 0u);
}

// A frame of the driver's that another one lies over by now.
TEST(Places, drivers_memory_without_a_block_becomes_larger) {
  Pair pair;
  std::array<Packet, 3> packets{};
  ks_place first = place_of(pair.driver, packets.data(), type_packet);
  ks_place second = place_of(pair.driver, packets.data() + 1, type_packet);
  ks_place all = row_of(pair.driver, packets.data(), type_packet, 3);
  EXPECT_EQ(all.extent, sizeof(packets));
  EXPECT_NE(all.ref, first.ref);
  EXPECT_EQ(place_of(pair.driver, packets.data() + 1, type_packet).ref, all.ref);
  EXPECT_FALSE(ks_ref_known(pair.driver, second.ref));
}

TEST(Places, memory_that_is_kept_is_as_large_as_was_said_last) {
  Pair pair;
  std::array<char, 48> memory{};
  const auto place = [&](size_t size) {
    Message message(pair.driver);
    return ks_object_place_memory(pair.driver, message, memory.data(), type_packet, size);
  };
  const ks_place first = place(24);
  EXPECT_EQ(place(24).ref, first.ref);
  const ks_place larger = place(48);
  EXPECT_NE(larger.ref, first.ref);
  EXPECT_EQ(larger.extent, 48u);
  EXPECT_EQ(place(24).ref, larger.ref);
  size_t twin = 0;
  EXPECT_EQ(ks_object_room(pair.driver, memory.data(), type_packet, &twin), 48u);
  EXPECT_EQ(twin, 48u);
}

TEST(Places, bytes_of_a_field_are_no_more_than_was_said_of_any) {
  Pair pair;
  Block block(64);
  const auto place = [&](ks_end* end, const void* at, size_t size) {
    Message message(end);
    return ks_object_place_bytes(end, message, at, type_packet, size);
  };
  const auto room = [](ks_end* end, const void* at) {
    size_t twin = 0;
    return ks_object_room(end, at, type_packet, &twin);
  };
  const ks_place first = place(pair.driver, block.at(16), 24);
  ASSERT_NE(first.ref, 0u);
  EXPECT_EQ(first.offset, 16u);
  EXPECT_EQ(room(pair.driver, block.at(16)), 24u);
  EXPECT_EQ(place(pair.driver, block.at(16), 40).ref, first.ref);
  EXPECT_EQ(place(pair.driver, block.at(16), 24).ref, first.ref);
  EXPECT_EQ(room(pair.driver, block.at(16)), 40u);
  EXPECT_EQ(place(pair.driver, block.at(16), 49).ref, 0u); // not all of it lies there

  Message message(pair.kernel);
  void* shadow = ks_object_shadow_bytes(pair.kernel, message, first, type_packet, 32);
  ASSERT_NE(shadow, nullptr);
  EXPECT_EQ(room(pair.kernel, shadow), 32u);
  EXPECT_EQ(place(pair.kernel, shadow, 8).ref, first.ref);
  EXPECT_TRUE(ks_object_is_drivers(pair.kernel, shadow));
  EXPECT_EQ(ks_object_shadow_bytes(pair.kernel, message, first, type_packet, 64), nullptr);
  EXPECT_NE(message->error, 0);
  message->error = 0;
}

TEST(Places, bytes_of_nobody_the_driver_knows_have_no_place) {
  Pair pair;
  static std::array<char, 48> memory{};
  Message message(pair.driver);
  EXPECT_EQ(ks_object_place_bytes(pair.driver, message, memory.data(), type_packet, 8).ref, 0u);
  EXPECT_EQ(message->error, 0);
  EXPECT_FALSE(ks_object_is_drivers(pair.driver, memory.data()));
  EXPECT_EQ(ks_object_bytes(pair.driver, memory.data(), true), 0u);
}

TEST(Places, locals_of_the_driver_are_what_is_behind_them_if_they_are_scalars) {
  Pair pair;
  std::array<char, 2048> memory{};
  const size_t bytes = ks_known_extent(pair.driver, memory.data());
  EXPECT_GE(bytes, 1024u);
  EXPECT_LE(bytes, memory.size());
  EXPECT_EQ(ks_object_bytes(pair.driver, memory.data(), false), 0u) << "no structs";
  EXPECT_EQ(ks_known_extent(pair.kernel, memory.data()), 0u) << "the kernel's is not given away";
}

TEST(Places, text_of_nobody_the_driver_knows_goes_up_to_its_end) {
  Pair pair;
  const std::string text = "some text";
  Block block(32);
  EXPECT_EQ(ks_text_bytes(pair.driver, text.c_str()), text.size() + 1);
  EXPECT_EQ(ks_text_bytes(pair.driver, block.at(8)), 24u) << "what is known goes to its end";
  EXPECT_EQ(ks_text_bytes(pair.driver, nullptr), 0u);
  EXPECT_EQ(ks_text_bytes(pair.kernel, text.c_str()), 0u) << "the kernel's is not given away";
}

#ifdef __SANITIZE_ADDRESS__
constexpr bool knows_blocks = true;
#else
constexpr bool knows_blocks = false;
#endif

TEST(Places, no_more_is_there_than_the_block_has) {
  Pair pair;
  const std::unique_ptr<char[]> block(new char[24]);
  std::array<char, 48> local{};
  EXPECT_EQ(ks_bytes_there(pair.kernel, block.get() + 8, 16), 16u);
  EXPECT_EQ(ks_bytes_there(pair.kernel, block.get() + 8, 40), knows_blocks ? 16u : 40u);
  EXPECT_EQ(ks_bytes_there(pair.kernel, local.data(), 40), 40u) << "of what nothing is known";
  EXPECT_EQ(ks_bytes_there(pair.driver, block.get() + 8, 40), 40u) << "the driver's own affair";
}

// AddressSanitizer's allocator says, where there is one; of the stack nothing does.
TEST(Places, kernels_memory_goes_on_to_the_end_of_its_block) {
  static std::array<char, 40> variable{};
  Pair pair;
  const auto memory = std::make_unique<char[]>(72);
  std::array<char, 48> local{};
  EXPECT_EQ(ks_object_bytes(pair.kernel, &memory[16], true), knows_blocks ? 56u : 0u);
  EXPECT_EQ(ks_object_bytes(pair.kernel, &variable[8], true), knows_blocks ? 32u : 0u);
  EXPECT_EQ(ks_object_bytes(pair.kernel, local.data(), true), 0u);
  EXPECT_EQ(ks_object_bytes(pair.kernel, nullptr, true), 0u);
  EXPECT_EQ(ks_object_bytes(pair.driver, &memory[16], true), 0u);
}

TEST(Places, what_an_object_of_the_kernels_begins_may_go_on_behind_it) {
  Pair pair;
  const auto memory = std::make_unique<char[]>(72);
  place_of(pair.kernel, &memory[24], type_packet);
  EXPECT_EQ(ks_object_bytes(pair.kernel, &memory[24], true), knows_blocks ? 48u : 24u);
  // Behind structs may lie what is none.
  EXPECT_EQ(ks_object_bytes(pair.kernel, &memory[24], false), 24u);
  // What lies inside of it goes no further than it does.
  EXPECT_EQ(ks_object_bytes(pair.kernel, &memory[32], true), 16u);
}

TEST(Places, no_more_of_a_block_crosses_than_a_part_of_a_message) {
  Pair pair;
  const auto memory = std::make_unique<char[]>(KS_MESSAGE_SIZE);
  EXPECT_EQ(ks_object_bytes(pair.kernel, memory.get(), true),
            knows_blocks ? KS_MESSAGE_SIZE / 4 : 0u);
  EXPECT_EQ(ks_object_bytes(pair.kernel, &memory[KS_MESSAGE_SIZE - 5], true),
            knows_blocks ? 5u : 0u);
}

// Also where that is more: the driver has all of it.
TEST(Places, drivers_memory_at_the_kernels_end_is_as_large_as_its_block) {
  Pair pair;
  Block block(KS_MESSAGE_SIZE);
  char* shadow = arrive(pair.kernel, place_of(pair.driver, block.at(0), type_packet), type_packet);
  ASSERT_NE(shadow, nullptr);
  EXPECT_EQ(ks_object_bytes(pair.kernel, shadow, true), KS_MESSAGE_SIZE);
}

TEST(Places, what_is_taken_for_a_string_ends_behind_its_block) {
  Pair pair;
  Block block(32);
  char* shadow = arrive(pair.kernel, place_of(pair.driver, block.at(0), type_packet), type_packet);
  ASSERT_NE(shadow, nullptr);
  std::memset(shadow, 'x', 32);
  EXPECT_EQ(std::strlen(shadow), 32u);
}

TEST(Places, untyped_pointer_comes_back_as_the_same_address) {
  Pair pair;
  Block block(200);
  ks_place place = place_of(pair.driver, block.at(40), KS_BLOCK);
  EXPECT_EQ(place.offset, 40u);
  EXPECT_EQ(place.extent, 200u);
  EXPECT_TRUE(accepts(pair.kernel, place, KS_BLOCK));
  char* shadow = arrive(pair.kernel, place, KS_BLOCK);
  ASSERT_NE(shadow, nullptr);
  EXPECT_EQ(find(pair.driver, place_of(pair.kernel, shadow, KS_BLOCK), KS_BLOCK), block.at(40));
  // Nothing has been said of what lies there: it may still be anything.
  EXPECT_EQ(arrive(pair.kernel, place_of(pair.driver, block.at(32), type_packet), type_packet),
            shadow - 8);
}

TEST(Places, untyped_pointer_into_an_object_is_a_place_in_it) {
  Pair pair;
  Device device{};
  ks_place of_device = place_of(pair.kernel, &device, type_device);
  char* shadow = arrive(pair.driver, of_device, type_device);
  ks_place place = place_of(pair.driver, shadow + 3, KS_BLOCK);
  EXPECT_EQ(place.ref, of_device.ref);
  EXPECT_EQ(find(pair.kernel, place, KS_BLOCK), device.head + 3);
  expect_refused(pair.kernel, moved(place, sizeof(Device)), KS_BLOCK);
}

TEST(Places, untyped_pointer_to_nothing_known_is_no_place) {
  Pair pair;
  int number = 0;
  for (ks_end* end : {pair.driver, pair.kernel}) {
    ks_place place = place_of(end, &number, KS_BLOCK);
    EXPECT_EQ(place.ref, 0u);
    EXPECT_EQ(place.extent, 0u);
  }
}

// What stands for an error is no object at either end; a driver's reaches no member of the kernel's.
TEST(Places, error_in_the_place_of_an_object_is_a_number) {
  Pair pair;
  for (size_t number : {size_t{16}, ~size_t{4}}) {
    auto* error = reinterpret_cast<char*>(number);
    ks_place place = place_of(pair.kernel, error, type_packet);
    EXPECT_EQ(place.ref, 0u);
    EXPECT_EQ(arrive(pair.driver, place, type_packet), error);
    EXPECT_EQ(find(pair.driver, place, type_packet), error);
  }
  auto* error = reinterpret_cast<char*>(~size_t{4});
  expect_refused(pair.kernel, place_of(pair.driver, error, type_packet), type_packet);
  auto* nothing = reinterpret_cast<char*>(size_t{16}); // of no bytes
  EXPECT_EQ(arrive(pair.kernel, place_of(pair.driver, nothing, type_packet), type_packet), nullptr);
}

TEST(Places, part_first_makes_the_whole_shadow) {
  Pair pair;
  Device device{};
  place_of(pair.kernel, &device, type_device);
  ks_place part = place_of(pair.kernel, &device.packets[1], type_packet);
  char* packet = arrive(pair.driver, part, type_packet);
  EXPECT_EQ(arrive(pair.driver, place_of(pair.kernel, &device, type_device), type_device) + 32,
            packet);
}

// A packet that is the second one of a device, or that a device's end is taken for.
constexpr ks_whole second_packet{KS_BLOCK, type_device, 0, 32, false};
constexpr ks_whole first_packet{KS_BLOCK, type_device, 0, 8, false};

ks_place inside(ks_end* end, const void* address, const void* holder,
                const std::vector<ks_whole>& wholes) {
  Message message(end);
  ks_place place = ks_object_place_inside(end, message, address, type_packet, holder, wholes.data(),
                                          static_cast<ks_u32>(wholes.size()), nullptr);
  EXPECT_EQ(message->error, 0);
  message->error = 0;
  return place;
}

TEST(Places, what_a_pointer_leads_into_is_one_object_with_it) {
  Pair pair;
  Device device{};
  const ks_place place = inside(pair.kernel, &device.packets[1], nullptr, {second_packet});
  EXPECT_EQ(place.offset, 32u);
  EXPECT_EQ(place.extent, sizeof(Device));
  char* packet = arrive(pair.driver, place, type_packet);
  ASSERT_NE(packet, nullptr);
  EXPECT_EQ(arrive(pair.driver, place_of(pair.kernel, &device, type_device), type_device),
            packet - 32);
  EXPECT_EQ(inside(pair.kernel, nullptr, nullptr, {second_packet}).ref, 0u);
}

TEST(Places, what_is_known_to_lie_there_is_believed_first) {
  Pair pair;
  Device device{};
  const ks_place whole = place_of(pair.kernel, &device, type_device);
  const ks_place place = inside(pair.kernel, &device.packets[1], nullptr, {first_packet});
  EXPECT_EQ(place.ref, whole.ref);
  EXPECT_EQ(place.offset, 32u);
}

TEST(Places, of_two_wholes_the_one_of_the_holder_is_chosen_or_none) {
  Pair pair;
  Device holder{}, device{};
  const ks_whole of_holder{type_device, type_device, 8, 32, false};
  const ks_whole of_other{type_opaque, type_device, 0, 8, false};
  place_of(pair.kernel, &holder, type_device);
  EXPECT_EQ(inside(pair.kernel, &device.packets[1], holder.packets, {of_other, of_holder}).offset,
            32u);
  Device other{};
  EXPECT_EQ(inside(pair.kernel, &other.packets[1], &other, {of_other, of_holder}).extent,
            sizeof(Packet));
  Device third{};
  const ks_whole of_any{KS_BLOCK, type_device, 0, 8, false};
  EXPECT_EQ(inside(pair.kernel, &third.packets[1], holder.packets, {of_any, of_holder}).offset, 32u)
      << "what leads there from anywhere is no other one";
}

TEST(Places, a_list_head_is_in_nothing_that_the_memory_has_no_room_for) {
  Pair pair;
  static Packet head;
  size_t size;
  if (!ks_os_kernel_block(&head, &size)) GTEST_SKIP() << "sizes are known with ASan only";
  EXPECT_EQ(inside(pair.kernel, &head, nullptr, {first_packet}).extent, sizeof(Packet));
}

TEST(Places, whole_must_fit_into_the_drivers_memory) {
  Pair pair;
  Block block(sizeof(Device));
  EXPECT_EQ(inside(pair.driver, block.at(32), nullptr, {first_packet, second_packet}).offset, 32u);
  Device* shadow = reinterpret_cast<Device*>(
      arrive(pair.kernel, place_of(pair.driver, block.at(0), type_device), type_device));
  ASSERT_NE(shadow, nullptr);
  Block small(sizeof(Packet));
  const ks_place bare = inside(pair.driver, small.at(0), nullptr, {first_packet});
  EXPECT_EQ(bare.offset, 0u);
  EXPECT_EQ(bare.extent, sizeof(Packet));
}

TEST(Places, on_the_drivers_stack_only_wholes_that_are_local_are) {
  Pair pair;
  Device device{}, other{}, third{};
  EXPECT_EQ(inside(pair.driver, &device.packets[1], nullptr, {second_packet}).offset, 0u);
  const ks_whole local{KS_BLOCK, type_device, 0, 32, true};
  const ks_place place = inside(pair.driver, &other.packets[1], nullptr, {local});
  EXPECT_EQ(place.offset, 32u);
  EXPECT_EQ(place.extent, sizeof(Device));
  const ks_place own = place_of(pair.driver, &third.packets[1], type_packet);
  EXPECT_EQ(inside(pair.driver, &third.packets[1], nullptr, {local}).ref, own.ref);
}

// The whole that the driver's end chooses for what lies there, as the kernel's end is told of it.
ks_u32 chosen(ks_end* end, const void* address, const std::vector<ks_whole>& wholes,
              ks_place& place) {
  Message message(end);
  ks_u32 chosen = 7;
  place = ks_object_place_inside(end, message, address, type_packet, nullptr, wholes.data(),
                                 static_cast<ks_u32>(wholes.size()), &chosen);
  EXPECT_EQ(message->error, 0);
  message->error = 0;
  return chosen;
}

// Whether the kernel's end takes the place for a part of the whole.
bool is_whole(ks_end* end, const ks_place& place, const ks_whole& whole, bool makes = true) {
  Message message(end);
  ks_object_whole(end, message, place, &whole, makes, true);
  const bool taken = message->error == 0;
  message->error = 0;
  return taken;
}

TEST(Places, who_is_sent_a_part_knows_the_whole) {
  Pair pair;
  Block block(sizeof(Device) + 40), small(sizeof(Packet));
  ks_place place, bare;
  EXPECT_EQ(chosen(pair.driver, block.at(40 + 32), {first_packet, second_packet}, place), 2u);
  EXPECT_EQ(chosen(pair.driver, small.at(0), {first_packet}, bare), 0u);
  char* packet = arrive(pair.kernel, place, type_packet);
  ASSERT_NE(packet, nullptr);
  const auto is_device = [&] {
    ks_walk walk{};
    ks_place found;
    while (ks_walk_next(pair.kernel, &walk, type_device, &found))
      if (walk.address == packet - 32) return true;
    return false;
  };
  EXPECT_FALSE(is_device());
  EXPECT_TRUE(is_whole(pair.kernel, place, second_packet));
  EXPECT_TRUE(is_device());
}

TEST(Places, who_was_sent_a_part_alone_is_sent_a_place_in_the_whole_that_is_known_now) {
  Pair pair;
  Device device{};
  const ks_place alone = place_of(pair.kernel, &device.packets[1], type_packet);
  const ks_place whole = place_of(pair.kernel, &device, type_device);
  ks_place place;
  ASSERT_NE(alone.ref, whole.ref);
  EXPECT_EQ(chosen(pair.kernel, &device.packets[1], {second_packet}, place), 1u);
  EXPECT_EQ(place.ref, whole.ref);
  EXPECT_EQ(place.offset, 32u);
  EXPECT_TRUE(is_whole(pair.driver, place, second_packet));
}

TEST(Places, a_whole_is_where_it_can_be) {
  Pair pair;
  Block block(sizeof(Device) - 8), other(200);
  const ks_place place = place_of(pair.driver, block.at(8), type_packet);
  EXPECT_FALSE(is_whole(pair.kernel, place, second_packet)) << "it would begin before the memory";
  EXPECT_FALSE(is_whole(pair.kernel, place, first_packet)) << "it would end behind it";
  // Of an object that the kernel must know, and of its own, nothing is learned.
  EXPECT_TRUE(
      is_whole(pair.kernel, place_of(pair.driver, other.at(8), type_packet), first_packet, false));
  EXPECT_EQ(pair.statistics().shadows, 0u);
  Device device{};
  EXPECT_TRUE(is_whole(pair.kernel, place_of(pair.kernel, &device, type_packet), second_packet));
}

TEST(Places, object_of_its_own_is_not_taken_for_a_part) {
  Pair pair;
  Device device{};
  ks_place packet = place_of(pair.kernel, &device.packets[0], type_packet);
  place_of(pair.kernel, &device, type_device);
  EXPECT_EQ(place_of(pair.kernel, &device.packets[0], type_packet).ref, packet.ref);
}

TEST(Places, memory_of_the_drivers_is_one_object_at_the_kernels) {
  Pair pair;
  Block block(200);
  ks_place a = place_of(pair.driver, block.at(0), type_packet);
  ks_place b = place_of(pair.driver, block.at(100), type_device);
  EXPECT_EQ(a.ref, b.ref);
  EXPECT_EQ(a.extent, 200u);
  char* first = arrive(pair.kernel, a, type_packet);
  char* second = arrive(pair.kernel, b, type_device);
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(second - first, 100);
  memset(first, 0xff, 200); // ASan looks on
  EXPECT_EQ(pair.statistics().shadows, 1u);
  EXPECT_EQ(find(pair.driver, place_of(pair.kernel, second, type_device), type_device),
            block.at(100));
}

TEST(Places, part_of_a_face_is_known) {
  Pair pair;
  Block block(64);
  char* device = arrive(pair.kernel, place_of(pair.driver, block.at(0), type_device), type_device);
  ks_place packet = place_of(pair.driver, block.at(8), type_packet);
  EXPECT_EQ(find(pair.kernel, packet, type_packet), device + 8);
}

TEST(Places, whole_around_a_face_is_found_later) {
  Pair pair;
  Block block(64);
  char* packet = arrive(pair.kernel, place_of(pair.driver, block.at(8), type_packet), type_packet);
  char* device = arrive(pair.kernel, place_of(pair.driver, block.at(0), type_device), type_device);
  EXPECT_EQ(packet - device, 8);
}

TEST(Places, what_contradicts_an_earlier_face_is_an_object_for_itself) {
  Pair pair;
  Block block(64);
  ks_place a = place_of(pair.driver, block.at(0), type_packet);
  ks_place b = place_of(pair.driver, block.at(4), type_packet);
  EXPECT_NE(a.ref, b.ref);
  EXPECT_EQ(b.offset, 0u);
}

TEST(Places, freeing_memory_ends_what_lay_in_it) {
  Pair pair;
  auto block = std::make_unique<Block>(64);
  ks_place a = place_of(pair.driver, block->at(0), type_packet);
  ks_place b = place_of(pair.driver, block->at(4), type_packet);
  arrive(pair.kernel, a, type_packet);
  block.reset();
  EXPECT_FALSE(ks_ref_known(pair.driver, a.ref));
  EXPECT_FALSE(ks_ref_known(pair.driver, b.ref));
  pair.cross(pair.driver);
  EXPECT_EQ(find(pair.kernel, a, type_packet), nullptr) << "part of a stale reference";
}

TEST(Places, variables_of_the_driver_are_wholes) {
  Pair pair(nullptr);
  Device device{};
  const ks_variable variables[] = {{nullptr, 64}, {&device, sizeof(device)}};
  pair.driver_interface.variables = variables;
  pair.driver_interface.variable_count = 2;
  pair.kernel_interface.name = pair.driver_interface.name = "places";
  pair.open();
  ks_place packet = place_of(pair.driver, &device.packets[1], type_packet);
  EXPECT_EQ(packet.offset, 32u);
  EXPECT_EQ(packet.extent, 64u);
  EXPECT_EQ(place_of(pair.driver, &device, type_device).ref, packet.ref);
}

TEST(Places, new_object_in_a_block_forgets_the_old_one) {
  Pair pair;
  Block block(64);
  ks_place old = place_of(pair.driver, block.at(0), type_packet);
  Message message(pair.driver);
  ks_place made = ks_object_place_fresh(pair.driver, message, block.at(0), type_device);
  EXPECT_EQ(message->error, 0);
  EXPECT_NE(made.ref, old.ref);
  EXPECT_FALSE(ks_ref_known(pair.driver, old.ref));
}

TEST(Places, what_lies_behind_a_struct_is_taken_for_what_it_is_used_as) {
  Pair pair;
  std::vector<char> memory(200);
  ks_place device = place_of(pair.kernel, memory.data(), type_device);
  ks_object_extend(pair.kernel, &device, 136);
  EXPECT_EQ(device.extent, 200u);
  char* shadow = arrive(pair.driver, device, type_device);
  ks_place behind = place_of(pair.driver, shadow + 100, type_packet);
  EXPECT_EQ(behind.ref, device.ref);
  EXPECT_EQ(arrive(pair.kernel, behind, type_packet), memory.data() + 100);
  expect_refused(pair.kernel, moved(behind, 110), type_packet);
}

TEST(Places, what_lies_behind_a_struct_has_a_twin_if_it_is_kept) {
  Pair pair(nullptr);
  auto types = pair_types;
  types[type_packet].kept = true;
  pair.kernel_interface.types = types.data();
  pair.kernel_interface.name = pair.driver_interface.name = "pair";
  pair.open();
  std::vector<char> memory(200);
  ks_place device = place_of(pair.kernel, memory.data(), type_device);
  ks_object_extend(pair.kernel, &device, 136);
  char* shadow = arrive(pair.driver, device, type_device);
  ks_place behind = place_of(pair.driver, shadow + 100, type_packet);
  char* packet = arrive(pair.kernel, behind, type_packet);
  void* twin = ks_object_twin(pair.kernel, packet, type_packet);
  ASSERT_NE(twin, nullptr);
  memset(twin, 7, 24);
  ks_object_extend(pair.kernel, &device, 136); // what is in step stays so
  EXPECT_EQ(ks_object_twin(pair.kernel, packet, type_packet), twin);
}

TEST(Places, room_behind_a_shadow_is_the_drivers_own) {
  Pair pair(nullptr);
  const ks_room rooms[] = {{type_packet, 24 + 100}};
  pair.driver_interface.rooms = rooms;
  pair.driver_interface.room_count = 1;
  pair.kernel_interface.name = pair.driver_interface.name = "places";
  pair.open();
  std::vector<char> memory(200);
  ks_place place = place_of(pair.kernel, memory.data(), type_packet);
  EXPECT_EQ(place.extent, 24u);
  char* shadow = arrive(pair.driver, place, type_packet);
  EXPECT_TRUE(std::all_of(shadow + 24, shadow + 124, [](char byte) { return byte == 0; }));
  std::memset(shadow, 7, 124); // or the sanitizer complains

  // A pointer into it is no place in the kernel's object.
  ks_place behind = place_of(pair.driver, shadow + 60, type_device);
  EXPECT_NE(behind.ref, place.ref);
  EXPECT_EQ(behind.offset, 0u);
  EXPECT_NE(arrive(pair.kernel, behind, type_device), memory.data() + 60);
  expect_refused(pair.kernel, moved(place, 60), type_device);

  ks_object_drop(pair.driver, shadow, type_packet);
  EXPECT_FALSE(ks_ref_known(pair.driver, behind.ref)) << "its memory is gone";
}

TEST(Places, shadow_grows_into_its_room_when_the_kernel_says_that_it_belongs_to_the_object) {
  Pair pair(nullptr);
  const ks_room rooms[] = {{type_device, 200}};
  pair.driver_interface.rooms = rooms;
  pair.driver_interface.room_count = 1;
  pair.kernel_interface.name = pair.driver_interface.name = "places";
  pair.open();
  std::vector<char> memory(216);
  ks_place device = place_of(pair.kernel, memory.data(), type_device);
  char* shadow = arrive(pair.driver, device, type_device);
  std::memset(shadow + 64, 5, 136);
  ks_object_extend(pair.kernel, &device, 152); // rounded up
  Message message(pair.driver);
  EXPECT_EQ(ks_object_shadow(pair.driver, message, device, type_device, 216), shadow);
  EXPECT_EQ(message->error, 0);
  EXPECT_EQ(place_of(pair.driver, shadow + 190, type_packet).ref, device.ref);
  EXPECT_NE(ks_object_twin(pair.driver, shadow + 190, type_packet), nullptr);
  EXPECT_EQ(shadow[199], 5);
}

TEST(Places, bytes_behind_a_shadows_struct_are_an_object_of_their_own) {
  Pair pair;
  std::vector<char> memory(216);
  const ks_place device = place_of(pair.kernel, memory.data(), type_device);
  Message message(pair.driver);
  char* shadow = static_cast<char*>(
      ks_object_shadow(pair.driver, message, device, type_device, memory.size()));
  ASSERT_NE(shadow, nullptr);
  char* at = shadow + 100;
  const ks_place bytes = ks_object_place_bytes(pair.driver, message, at, type_packet, 40);
  EXPECT_EQ(bytes.ref >> 63, 1u);
  EXPECT_EQ(bytes.extent, 40u);
  EXPECT_TRUE(ks_object_is_drivers(pair.driver, at));
  EXPECT_EQ(ks_known_extent(pair.driver, at), 116u);
  EXPECT_EQ(ks_object_place_bytes(pair.driver, message, at, type_packet, 117).ref, 0u);
  EXPECT_EQ(place_of(pair.driver, at + 4, type_device).ref, device.ref) << "no struct lies in them";
  ks_object_drop(pair.driver, shadow, type_device);
  EXPECT_FALSE(ks_ref_known(pair.driver, bytes.ref)) << "their memory is gone";
}

TEST(Places, room_of_a_part_is_room_of_the_whole) {
  Pair pair(nullptr);
  const ks_room rooms[] = {{type_packet, 24 + 100}};
  pair.driver_interface.rooms = rooms;
  pair.driver_interface.room_count = 1;
  pair.kernel_interface.name = pair.driver_interface.name = "places";
  pair.open();
  Device device{};
  char* shadow = arrive(pair.driver, place_of(pair.kernel, &device, type_device), type_device);
  std::memset(shadow, 7, offsetof(Device, packets[1]) + 124);
}

// ---- what the kernel's end refuses ----

constexpr ks_u32 largest_object = 1 << 20, most_faces = 4096; // of end.h

struct HostilePlaces : testing::Test {
  Pair pair;
  Device device{};
  // A block that the driver never made: what the kernel's end has to go by is the message.
  ks_place block{ks_ref{1} << 63 | ks_ref{KS_BLOCK + 1} << 48 | ks_ref{1} << 24 | 5, 0, 200};
};

TEST_F(HostilePlaces, offset_outside_of_the_extent) {
  expect_refused(pair.kernel, moved(block, 200), type_packet);
  expect_refused(pair.kernel, moved(block, 177), type_packet);
  expect_refused(pair.kernel, moved(block, ~0u), type_packet);
  EXPECT_NE(arrive(pair.kernel, moved(block, 176), type_packet), nullptr);
  expect_refused(pair.kernel, moved(block, 177), type_packet);
}

TEST_F(HostilePlaces, offset_outside_of_a_kernels_object_whatever_the_extent) {
  ks_place place = place_of(pair.kernel, &device, type_device);
  place.extent = 4096;
  expect_refused(pair.kernel, moved(place, 64), type_packet);
  EXPECT_EQ(find(pair.kernel, moved(place, 64), type_packet), nullptr);
}

TEST_F(HostilePlaces, known_extent_is_not_changed_by_a_message) {
  ASSERT_NE(arrive(pair.kernel, block, type_packet), nullptr);
  block.extent = 4096;
  expect_refused(pair.kernel, moved(block, 1000), type_packet);
}

TEST_F(HostilePlaces, type_that_does_not_lie_there) {
  ks_place place = place_of(pair.kernel, &device, type_device);
  for (ks_u32 offset = 0; offset < 64; offset++) {
    bool lies = offset == 8 || offset == 32;
    EXPECT_EQ(find(pair.kernel, moved(place, offset), type_packet) != nullptr, lies) << offset;
    EXPECT_EQ(accepts(pair.kernel, moved(place, offset), type_packet), lies) << offset;
  }
}

TEST_F(HostilePlaces, type_that_does_not_lie_in_a_struct_of_the_drivers) {
  ks_place place{ks_ref{1} << 63 | ks_ref{type_device + 1} << 48 | ks_ref{1} << 24 | 6, 0, 64};
  expect_refused(pair.kernel, moved(place, 16), type_packet);
  EXPECT_TRUE(accepts(pair.kernel, moved(place, 32), type_packet));
}

TEST_F(HostilePlaces, face_that_overlaps_another_one) {
  ASSERT_NE(arrive(pair.kernel, moved(block, 32), type_packet), nullptr);
  expect_refused(pair.kernel, moved(block, 40), type_packet);
  expect_refused(pair.kernel, moved(block, 30), type_packet);
  expect_refused(pair.kernel, moved(block, 1), type_device);
  EXPECT_TRUE(accepts(pair.kernel, moved(block, 24), type_device)) << "a packet lies there";
  EXPECT_TRUE(accepts(pair.kernel, moved(block, 56), type_packet));
}

TEST_F(HostilePlaces, faces_of_one_message_contradict_each_other_in_the_first_pass) {
  Message message(pair.kernel);
  EXPECT_TRUE(ks_object_acceptable(pair.kernel, message, block, type_packet));
  EXPECT_TRUE(ks_object_acceptable(pair.kernel, message, moved(block, 24), type_packet));
  EXPECT_FALSE(ks_object_acceptable(pair.kernel, message, moved(block, 40), type_packet));
  message->error = 0;
  ks_place larger = moved(block, 300);
  larger.extent = 400;
  EXPECT_FALSE(ks_object_acceptable(pair.kernel, message, larger, type_packet));
  message->error = 0;
  ks_message_rewind(message);
  EXPECT_TRUE(ks_object_acceptable(pair.kernel, message, moved(block, 40), type_packet));
  EXPECT_EQ(pair.statistics().shadows, 0u) << "nothing is made";
}

// A list's node that is in no list, memory that was freed, and what a union holds instead: neither end looks there.
TEST_F(HostilePlaces, address_that_is_none_of_any_processors_is_no_object) {
  for (const std::size_t mark :
       {0xdead000000000100ul, 0x6b6b6b6b6b6b6b6bul, 0x0010000000000000ul}) {
    void* const nowhere = reinterpret_cast<void*>(mark);
    const ks_place kernels = place_of(pair.kernel, nowhere, type_packet);
    EXPECT_EQ(kernels.ref, 0u) << mark;
    EXPECT_EQ(ks_place_number(kernels), nowhere) << mark;
    EXPECT_EQ(static_cast<void*>(arrive(pair.driver, kernels, type_packet)), nowhere);
    expect_refused(pair.kernel, kernels, type_packet);
  }
  const ks_place drivers =
      place_of(pair.driver, reinterpret_cast<void*>(0xdead000000000100), type_packet);
  EXPECT_EQ(drivers.ref, 0u);
  EXPECT_EQ(ks_place_number(drivers), nullptr) << "the kernel's end takes no number";
  EXPECT_EQ(pair.statistics().live_objects, 0u);
}

// Members of a union are parts of one struct at places that overlap: each may be the first that is said to lie in
// memory of which nothing else is known.
struct Unions {
  Pair pair{nullptr};
  const ks_u16 type_one = 3, type_other = 4, type_apart = 5;
  std::array<ks_type, 6> types{{{"struct device", 64, false},
                                {"struct packet", 24, false},
                                {"struct opaque", 0, false},
                                {"struct one", 16, false},
                                {"struct other", 8, false},
                                {"struct apart", 8, false}}};
  const std::array<ks_part, 3> parts{{{type_device, type_one, 32, 0, 1},
                                      {type_device, type_other, 40, 0, 1},
                                      {type_device, type_apart, 48, 0, 1}}};
  ks_place block{ks_ref{1} << 63 | ks_ref{KS_BLOCK + 1} << 48 | ks_ref{1} << 24 | 5, 0, 200};

  Unions() {
    for (ks_interface* one : {&pair.kernel_interface, &pair.driver_interface}) {
      one->types = types.data();
      one->type_count = types.size();
      one->parts = parts.data();
      one->part_count = parts.size();
      one->name = "unions";
    }
    pair.open();
  }
  bool accepts_both(ks_u32 one, ks_u32 other, ks_u16 type) {
    Message message(pair.kernel);
    return ks_object_acceptable(pair.kernel, message, moved(block, one), type_one) &&
           ks_object_acceptable(pair.kernel, message, moved(block, other), type);
  }
};

TEST(Places, members_of_a_union_lie_in_one_place) {
  Unions unions;
  EXPECT_TRUE(unions.accepts_both(100, 108, unions.type_other));
  ASSERT_NE(arrive(unions.pair.kernel, moved(unions.block, 108), unions.type_other), nullptr);
  EXPECT_NE(arrive(unions.pair.kernel, moved(unions.block, 100), unions.type_one), nullptr);
  EXPECT_NE(arrive(unions.pair.kernel, moved(unions.block, 68), type_device), nullptr);
}

TEST(Places, members_of_a_union_lie_nowhere_else) {
  for (const ks_u32 at : {93u, 100u, 107u, 109u, 115u}) {
    Unions unions;
    EXPECT_FALSE(unions.accepts_both(100, at, unions.type_other)) << at;
  }
  Unions unions;
  EXPECT_FALSE(unions.accepts_both(100, 108, unions.type_apart));
}

TEST_F(HostilePlaces, extent_too_large) {
  block.extent = largest_object + 1;
  expect_refused(pair.kernel, block, type_packet);
  block.extent = largest_object;
  EXPECT_TRUE(accepts(pair.kernel, block, type_packet));
}

TEST_F(HostilePlaces, extent_smaller_than_what_lies_there) {
  block.extent = 23;
  expect_refused(pair.kernel, block, type_packet);
  block.extent = 0;
  expect_refused(pair.kernel, block, type_opaque);
  ks_place place{ks_ref{1} << 63 | ks_ref{type_device + 1} << 48 | ks_ref{1} << 24 | 6, 8, 63};
  EXPECT_FALSE(accepts(pair.kernel, place, type_packet)) << "no whole device";
  int error = 0;
  EXPECT_EQ(arrive(pair.kernel, place, type_packet, &error), nullptr);
  EXPECT_EQ(error, -EBADMSG);
}

TEST_F(HostilePlaces, place_in_null) {
  expect_refused(pair.kernel, {0, 8, 0}, type_packet);
  expect_refused(pair.kernel, {0, 0, 64}, type_packet);
  int error = 0;
  EXPECT_EQ(find(pair.kernel, {0, 8, 0}, type_packet, &error), nullptr);
  EXPECT_EQ(error, -EBADMSG);
}

TEST_F(HostilePlaces, block_of_the_kernels) {
  block.ref &= ~(ks_ref{1} << 63);
  expect_refused(pair.kernel, block, type_packet);
}

TEST_F(HostilePlaces, what_must_be_known_is_taken_already) {
  int error = 0;
  ASSERT_NE(arrive(pair.kernel, block, type_packet), nullptr);
  EXPECT_EQ(find(pair.kernel, moved(block, 24), type_packet, &error), nullptr);
  EXPECT_EQ(error, -EBADMSG);
}

TEST_F(HostilePlaces, faces_are_bounded) {
  block.extent = largest_object;
  ks_u32 made = 0;
  int error = 0;
  while (made < 5000 && arrive(pair.kernel, moved(block, made * 24), type_packet, &error)) made++;
  EXPECT_EQ(made, most_faces);
  EXPECT_EQ(error, -ENOMEM);
}

// ---- twins ----

TEST(Places, twin_of_a_part_is_inside_the_twin) {
  Pair pair;
  Device device{};
  char* shadow = arrive(pair.driver, place_of(pair.kernel, &device, type_device), type_device);
  char* twin = static_cast<char*>(ks_object_twin(pair.driver, shadow, type_device));
  ASSERT_NE(twin, nullptr);
  EXPECT_EQ(ks_object_twin(pair.driver, shadow + 32, type_packet), twin + 32);
  EXPECT_EQ(ks_object_twin(pair.driver, shadow + 16, type_packet), nullptr);
  Block block(200);
  place_of(pair.driver, block.at(0), type_packet);
  place_of(pair.driver, block.at(100), type_device);
  char* first = static_cast<char*>(ks_object_twin(pair.driver, block.at(0), type_packet));
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(ks_object_twin(pair.driver, block.at(132), type_packet), first + 132);
  memset(first, 1, 200);
}

TEST(Places, all_elements_of_an_array_of_the_driver_are_met) {
  Pair pair(nullptr);
  Device devices[3]{};
  const ks_variable variables[] = {{devices, sizeof(devices), type_device + 1}};
  pair.driver_interface.variables = variables;
  pair.driver_interface.variable_count = 1;
  pair.kernel_interface.name = pair.driver_interface.name = "places";
  pair.open();
  const ks_place first = place_of(pair.driver, devices, type_device);
  EXPECT_EQ(first.extent, sizeof(devices));
  for (const auto& [type, count] : {std::pair(type_device, 3), std::pair(type_packet, 6)}) {
    ks_walk walk{};
    ks_place place{};
    std::set<size_t> met; // bytes after the array's start
    while (ks_walk_next(pair.driver, &walk, type, &place)) {
      if (place.ref != first.ref) continue; // the pair's own variable
      EXPECT_TRUE(
          met.insert(static_cast<char*>(walk.address) - reinterpret_cast<char*>(devices)).second);
    }
    EXPECT_EQ(met.size(), size_t(count));
  }
}

TEST(Places, object_ends_where_what_is_in_it_says) {
  Pair pair(nullptr);
  const ks_extra extra{type_packet, [](const void* object) {
                         return static_cast<size_t>(*static_cast<const char*>(object));
                       }};
  pair.kernel_interface.extras = &extra;
  pair.kernel_interface.extra_count = 1;
  pair.kernel_interface.name = pair.driver_interface.name = "places";
  pair.open();
  std::array<char, 124> packet{100};
  const ks_place place = place_of(pair.kernel, packet.data(), type_packet);
  EXPECT_EQ(place.extent, 124u);
  size_t twin = 1;
  EXPECT_EQ(ks_object_room(pair.kernel, packet.data(), type_packet, &twin), 124u);
  EXPECT_EQ(twin, 0u) << "nothing is kept";
  char* shadow = arrive(pair.driver, place, type_packet);
  ASSERT_NE(shadow, nullptr);
  EXPECT_EQ(ks_object_room(pair.driver, shadow, type_packet, &twin), 124u);
  EXPECT_EQ(twin, 124u);
  EXPECT_EQ(ks_object_room(pair.driver, shadow + 1, type_packet, &twin), 0u);
  // What an object has at its owner's end stays, whatever its first byte says now.
  packet[0] = 120;
  EXPECT_EQ(place_of(pair.kernel, packet.data(), type_packet).extent, 124u);
}

// A packet ends with numbered objects, as many as there is room for.
struct Arrays {
  Pair pair{nullptr};
  std::array<ks_type, 4> types{{{"struct device", 64, false},
                                {"struct packet", 24, false},
                                {"struct opaque", 0, false},
                                {"struct item", 8, false}}};
  const ks_u16 type_item = 3;
  const ks_part part{type_packet, 3, 24, 8, KS_PART_OPEN};
  const ks_extra extra{type_packet, [](const void* object) {
                         return static_cast<size_t>(*static_cast<const char*>(object));
                       }};

  Arrays() {
    for (ks_interface* one : {&pair.kernel_interface, &pair.driver_interface}) {
      one->types = types.data();
      one->type_count = types.size();
      one->parts = &part;
      one->part_count = 1;
      one->name = "arrays";
    }
    pair.kernel_interface.extras = &extra;
    pair.kernel_interface.extra_count = 1;
    pair.open();
  }
  size_t met(ks_end* end) const {
    ks_walk walk{};
    ks_place place{};
    size_t count = 0;
    while (ks_walk_next(end, &walk, type_item, &place)) ++count;
    return count;
  }
  bool takes(const ks_place& place, ks_u16 type) {
    ks_message* message = ks_message_get(pair.kernel);
    const bool good = ks_object_shadow(pair.kernel, message, place, type, 0) != nullptr;
    ks_message_put(pair.kernel, message);
    return good;
  }
  bool array(const void* object, size_t bytes) {
    ks_message* message = ks_message_get(pair.kernel);
    ks_object_array(pair.kernel, message, object, type_packet, bytes);
    const bool good = !message->error;
    ks_message_put(pair.kernel, message);
    return good;
  }
};

TEST(Places, elements_at_the_end_of_the_kernels_are_parts) {
  Arrays arrays;
  std::array<char, 124> packet{80};
  const ks_place place = place_of(arrays.pair.kernel, packet.data(), type_packet);
  EXPECT_EQ(place.extent, 104u);
  EXPECT_EQ(arrays.met(arrays.pair.kernel), 10u);
  EXPECT_TRUE(arrays.takes({place.ref, 24 + 9 * 8, place.extent}, arrays.type_item));
  ASSERT_NE(arrive(arrays.pair.driver, place, type_packet), nullptr);
  EXPECT_EQ(arrays.met(arrays.pair.driver), 10u);
}

TEST(Places, elements_at_the_end_of_the_kernels_are_nothing_else) {
  // What is refused stops the domain.
  for (const auto& [offset, type] : {std::pair(24 + 10 * 8, 3), {28, 3}, {24, 1}}) {
    Arrays arrays;
    std::array<char, 124> packet{80};
    const ks_place place = place_of(arrays.pair.kernel, packet.data(), type_packet);
    EXPECT_FALSE(arrays.takes({place.ref, ks_u32(offset), place.extent}, ks_u16(type))) << offset;
  }
}

TEST(Places, what_has_come_as_an_element_is_one_at_the_kernels_end) {
  Arrays arrays;
  Block block(240);
  const ks_place place = place_of(arrays.pair.driver, block.at(0), type_packet);
  char* shadow = arrive(arrays.pair.kernel, place, type_packet);
  ASSERT_NE(shadow, nullptr);
  EXPECT_EQ(arrays.met(arrays.pair.kernel), 0u) << "none has come";
  EXPECT_TRUE(arrays.array(shadow, 24 + 8 * 8));
  EXPECT_EQ(arrays.met(arrays.pair.kernel), 8u);
  EXPECT_TRUE(arrays.takes({place.ref, 24 + 7 * 8, place.extent}, arrays.type_item));
  EXPECT_TRUE(arrays.takes({place.ref, 24 + 8 * 8, place.extent}, type_packet));
}

TEST(Places, what_has_come_as_an_element_is_nothing_else_at_the_kernels_end) {
  for (int wrong = 0; wrong < 3; ++wrong) {
    Arrays arrays;
    Block block(240);
    const ks_place place = place_of(arrays.pair.driver, block.at(0), type_packet);
    char* shadow = arrive(arrays.pair.kernel, place, type_packet);
    ASSERT_NE(shadow, nullptr);
    ASSERT_TRUE(arrays.array(shadow, 24 + 8 * 8));
    const ks_place last{place.ref, 24 + 7 * 8, place.extent};
    const ks_place behind{place.ref, 24 + 8 * 8, place.extent};
    if (wrong == 0) {
      EXPECT_FALSE(arrays.takes(last, type_packet));
    } else if (wrong == 1) {
      ASSERT_TRUE(arrays.takes(behind, type_packet));
      EXPECT_FALSE(arrays.array(shadow, 24 + 9 * 8)) << "something else lies there";
    } else {
      EXPECT_FALSE(arrays.array(shadow, 240 + 8)) << "it is not so large";
    }
  }
}

TEST(Places, what_is_kept_has_twins_at_the_kernels_end) {
  Pair pair(nullptr);
  std::array<ks_type, type_count> types = pair_types;
  types[type_packet].kept = true;
  pair.kernel_interface.types = types.data();
  pair.kernel_interface.name = pair.driver_interface.name = "places";
  pair.open();
  Device device{};
  Packet packet{};
  place_of(pair.kernel, &device, type_device);
  place_of(pair.kernel, &packet, type_packet);
  char* twin = static_cast<char*>(ks_object_twin(pair.kernel, &device, type_device));
  ASSERT_NE(twin, nullptr) << "a packet lies in it";
  EXPECT_EQ(ks_object_twin(pair.kernel, &device.packets[0], type_packet), twin + 8);
  EXPECT_NE(ks_object_twin(pair.kernel, &packet, type_packet), nullptr);
  EXPECT_NE(ks_object_twin(pair.kernel, &packet, type_packet), &packet);
}

// ---- walking ----

std::vector<void*> sorted(std::vector<void*> addresses) {
  std::sort(addresses.begin(), addresses.end());
  return addresses;
}

std::vector<void*> walk(ks_end* end, ks_u16 type) {
  std::vector<void*> met;
  struct ks_walk walk = {};
  struct ks_place place;
  while (ks_walk_next(end, &walk, type, &place)) {
    met.push_back(walk.address);
    EXPECT_EQ(find(end, place, type), walk.address);
    EXPECT_EQ(ks_object_twin(end, walk.address, type), walk.twin);
  }
  return sorted(met);
}

TEST(Walk, meets_objects_parts_and_faces_once) {
  Pair pair;
  Device device{};
  Packet packet{};
  ks_u64 before = ks_objects_made(pair.driver);
  char* shadow = arrive(pair.driver, place_of(pair.kernel, &device, type_device), type_device);
  char* other = arrive(pair.driver, place_of(pair.kernel, &packet, type_packet), type_packet);
  Block block(200);
  place_of(pair.driver, block.at(0), type_packet);
  place_of(pair.driver, block.at(100), type_device);
  EXPECT_EQ(ks_objects_made(pair.driver) - before, 5u) << "three objects, two faces";
  char* global = pair.driver_global.data();
  EXPECT_EQ(walk(pair.driver, type_packet),
            sorted({shadow + 8, shadow + 32, other, block.at(0), block.at(108), block.at(132),
                    global + 8, global + 32}));
  EXPECT_EQ(walk(pair.driver, type_device), sorted({shadow, block.at(100), global}));
}

TEST(Walk, survives_what_ends_meanwhile) {
  Pair pair;
  std::vector<Packet> packets(600);
  for (Packet& packet : packets) place_of(pair.kernel, &packet, type_packet);
  struct ks_walk walk = {};
  struct ks_place place;
  size_t met = 0;
  while (ks_walk_next(pair.kernel, &walk, type_packet, &place)) {
    if (walk.address < packets.data() || walk.address >= packets.data() + packets.size()) continue;
    met++;
    ks_ref_drop(pair.kernel, place.ref);
    size_t next = static_cast<Packet*>(walk.address) - packets.data() + 1;
    if (next < packets.size()) ks_object_drop(pair.kernel, &packets[next], type_packet);
  }
  EXPECT_EQ(met, 300u);
}

// ---- the tree ----

TEST(Spans, find_what_a_naive_search_finds) {
  std::mt19937 random(1);
  std::vector<ks_span> spans(300);
  std::vector<ks_span*> in;
  ks_span* tree = nullptr;
  auto pointer = [](size_t at) { return reinterpret_cast<void*>(at); };
  auto inner_first = [](const ks_span* a, const ks_span* b) {
    return a->start != b->start ? a->start > b->start : a->end != b->end ? a->end < b->end : a > b;
  };
  for (ks_span& span : spans) {
    ks_span_add(&tree, &span, pointer(1 + random() % 500), random() % 60);
    in.push_back(&span);
  }
  for (int round = 0; round < 2000; round++) {
    if (round % 4 == 0 && in.size() > 20) {
      size_t i = random() % in.size();
      ks_span_remove(&tree, in[i]);
      in.erase(in.begin() + static_cast<std::ptrdiff_t>(i));
    }
    size_t at = random() % 600;
    std::vector<ks_span*> holding;
    std::copy_if(in.begin(), in.end(), std::back_inserter(holding),
                 [&](ks_span* span) { return span->start <= at && at < span->end; });
    std::sort(holding.begin(), holding.end(), inner_first);
    ks_span* found = nullptr;
    for (ks_span* expected : holding) {
      found = ks_span_holding(tree, pointer(at), found);
      ASSERT_EQ(found, expected);
    }
    ASSERT_EQ(ks_span_holding(tree, pointer(at), found), found ? nullptr : found);
    ks_span* first = ks_span_first(tree, pointer(at));
    size_t lowest = 0;
    for (ks_span* span : in)
      if (span->start >= at && (!lowest || span->start < lowest)) lowest = span->start;
    ASSERT_EQ(first ? first->start : 0, lowest);
  }
}

} // namespace
} // namespace ks
