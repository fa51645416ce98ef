// SPDX-License-Identifier: MIT
#include "ks-rt/end/pair.hpp"

#include <cstddef>
#include <thread>

namespace ks {
namespace {

struct Packet {
  ks_u64 first;
  ks_u32 count, other;
  ks_u8 bits[8];
};
static_assert(sizeof(Packet) == 24);

constexpr std::array<ks_owner, 2> owners{
    {{type_packet, offsetof(Packet, count), 4}, {type_packet, offsetof(Packet, bits), 8}}};

struct Steps : testing::Test, Pair {
  Packet packet{}; // the kernel's
  Packet* shadow = nullptr;
  ks_ref ref = 0;

  Steps() : Pair(nullptr) {
    kernel_interface.owners = driver_interface.owners = owners.data();
    kernel_interface.owner_count = driver_interface.owner_count = owners.size();
    kernel_interface.name = driver_interface.name = "steps";
    open();
    Message message(kernel);
    const ks_place place = ks_object_place(kernel, message, &packet, type_packet);
    ref = place.ref;
    Message arrived(driver);
    shadow = static_cast<Packet*>(ks_object_shadow(driver, arrived, place, type_packet, 0));
  }

  // As ks-link has it; says how often the step was made.
  template <typename T, typename Step>
  int step(T* at, Step made) {
    ks_step state;
    for (int times = 1;; ++times) {
      auto* place = static_cast<T*>(ks_step_begin(driver, at, sizeof(T), &state));
      made(*place);
      if (place == at || ks_step_end(driver, at, &state)) return times;
    }
  }
  // A step as a hostile domain asks for it stops that.
  void expect_stopped(ks_place place, ks_u32 owner, ks_u32 offset, ks_u32 size) {
    struct {
      ks_u64 before, after;
      ks_place place;
      ks_u32 owner, offset, size;
    } request{0, 7, place, owner, offset, size};
    Message message(driver);
    if (void* to = ks_message_reserve(message, sizeof(request)))
      memcpy(to, &request, sizeof(request));
    EXPECT_NE(ks_call(driver, ~0u, message), 0);
    EXPECT_EQ(statistics().stopped_domains, 1u);
  }
};

TEST_F(Steps, a_step_on_a_shadow_is_made_on_what_the_kernel_has) {
  packet.count = 5; // without the driver's knowing
  EXPECT_EQ(step(&shadow->count, [](ks_u32& count) { ++count; }), 2);
  EXPECT_EQ(packet.count, 6u);
  EXPECT_EQ(shadow->count, 6u);
  EXPECT_EQ(step(&shadow->count, [](ks_u32& count) { ++count; }), 1);
  EXPECT_EQ(packet.count, 7u);
}

TEST_F(Steps, a_step_that_changes_nothing_answers_from_what_the_kernel_has) {
  packet.count = 5;
  ks_u32 seen = 0;
  step(&shadow->count, [&](ks_u32& count) { seen = count; });
  EXPECT_EQ(seen, 5u);
  EXPECT_EQ(shadow->count, 5u);
}

TEST_F(Steps, a_step_may_be_on_a_part_of_the_field) {
  packet.bits[3] = 1;
  step(&shadow->bits[3], [](ks_u8& bits) { bits |= 2; });
  EXPECT_EQ(packet.bits[3], 3);
  EXPECT_EQ(packet.bits[2], 0);
}

TEST_F(Steps, a_step_on_another_field_or_the_drivers_own_memory_stays) {
  Packet own{};
  EXPECT_EQ(step(&shadow->other, [](ks_u32& other) { other = 1; }), 1);
  EXPECT_EQ(packet.other, 0u);
  EXPECT_EQ(shadow->other, 1u);
  EXPECT_EQ(step(&own.count, [](ks_u32& count) { count = 1; }), 1);
  EXPECT_EQ(own.count, 1u);
}

TEST_F(Steps, none_is_lost_whoever_makes_it) {
  constexpr int each = 2000;
  auto drivers = [&] {
    for (int i = 0; i < each; ++i) step(&shadow->count, [](ks_u32& count) { ++count; });
  };
  std::thread first(drivers), second(drivers);
  for (int i = 0; i < each; ++i) __atomic_fetch_add(&packet.count, 1, __ATOMIC_SEQ_CST);
  first.join();
  second.join();
  EXPECT_EQ(packet.count, 3u * each);
}

TEST_F(Steps, what_the_driver_stores_plainly_is_still_a_change) {
  step(&shadow->count, [](ks_u32& count) { count = 3; });
  const auto* twin = static_cast<Packet*>(ks_object_twin(driver, shadow, type_packet));
  ASSERT_NE(twin, nullptr);
  EXPECT_EQ(twin->count, 3u);
  shadow->count = 4;
  EXPECT_EQ(twin->count, 3u);
}

TEST_F(Steps, what_was_freed_on_the_way_is_not_written) {
  ks_memory_freed(&packet, sizeof(packet));
  step(&shadow->count, [](ks_u32& count) { count = 9; });
  EXPECT_EQ(packet.count, 0u);
  EXPECT_EQ(statistics().stopped_domains, 0u);
}

TEST_F(Steps, a_step_on_no_field_stops_the_domain) { expect_stopped(whole(ref), 2, 0, 4); }

TEST_F(Steps, a_step_outside_of_its_field_stops_the_domain) {
  expect_stopped(whole(ref), 0, 4, 4);
  EXPECT_EQ(packet.other, 0u);
}

TEST_F(Steps, a_step_of_an_odd_size_stops_the_domain) { expect_stopped(whole(ref), 1, 0, 3); }

TEST_F(Steps, a_step_that_is_not_aligned_stops_the_domain) { expect_stopped(whole(ref), 1, 1, 4); }

TEST_F(Steps, a_step_where_no_such_struct_lies_stops_the_domain) {
  expect_stopped({ref, 8, 24}, 0, 0, 4);
}

} // namespace
} // namespace ks
