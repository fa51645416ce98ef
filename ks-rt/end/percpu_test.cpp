// SPDX-License-Identifier: MIT
#include "ks-rt/end/pair.hpp"

#include <array>
#include <cstring>
#include <functional>
#include <memory>

namespace ks {
namespace {

constexpr ks_u32 processors = 3;
constexpr std::array<unsigned long, processors> offsets{0, 4096, 8192};
using Places = std::array<ks_place, processors>;

char* at(void* start, ks_u32 processor) { return static_cast<char*>(start) + offsets[processor]; }

class PerCpuMemory : public testing::Test {
protected:
  PerCpuMemory() { ks_user_processors(processors, offsets.data()); }
  ~PerCpuMemory() override {
    static const unsigned long one = 0;
    pair.reset(); // with as many processors as it was made with
    ks_user_processors(1, &one);
  }

  std::unique_ptr<Pair> pair = std::make_unique<Pair>();
  std::array<char, 3 * 4096> memory{}, other{};
  std::array<char, 64> device{}; // the kernel's, if it is known

  Places places_of(ks_end* end, void* start, ks_u16 type = type_device) {
    Places places{};
    Message message(end);
    EXPECT_TRUE(ks_percpu_places(end, message, start, type, places.data()));
    return places;
  }

  void* shadow_of(ks_end* end, const Places& places, int* error, bool apply = true,
                  ks_u16 type = type_device, const void* holder = nullptr) {
    Message message(end);
    void* start = ks_percpu_shadow(end, message, holder, places.data(), type, apply);
    *error = message->error;
    message->error = 0; // what the test provokes must not stop the domain
    return start;
  }

  void know_device() {
    Message message(pair->kernel);
    ks_object_place(pair->kernel, message, device.data(), type_device);
  }

  void* accepted(ks_end* end, const Places& places) {
    int error = 0;
    shadow_of(end, places, &error, false);
    EXPECT_EQ(error, 0);
    void* start = shadow_of(end, places, &error);
    EXPECT_EQ(error, 0);
    EXPECT_NE(start, nullptr);
    return start;
  }

  // By the first pass, which makes nothing.
  void expect_refused(const Places& places, ks_u16 type = type_device) {
    int error = 0;
    const ks_u64 made = ks_objects_made(pair->kernel);
    EXPECT_EQ(shadow_of(pair->kernel, places, &error, false, type), nullptr);
    EXPECT_EQ(error, -EBADMSG);
    EXPECT_EQ(ks_objects_made(pair->kernel), made);
  }
};

TEST_F(PerCpuMemory, has_an_object_of_each_processor_at_both_ends) {
  const Places places = places_of(pair->driver, memory.data());
  void* start = accepted(pair->kernel, places);
  for (ks_u32 i = 0; i < processors; i++) {
    Message message(pair->kernel);
    EXPECT_EQ(ks_object_find(pair->kernel, message, places[i], type_device), at(start, i));
    EXPECT_EQ(at(start, i)[63], 0);
    memset(at(start, i), 1, 64); // ASan looks on
  }
  EXPECT_EQ(accepted(pair->kernel, places), start);
}

TEST_F(PerCpuMemory, comes_back_as_what_it_is) {
  void* start = accepted(pair->kernel, places_of(pair->driver, memory.data()));
  int error = 0;
  EXPECT_EQ(shadow_of(pair->driver, places_of(pair->kernel, start), &error), memory.data());
  EXPECT_EQ(error, 0);
}

TEST_F(PerCpuMemory, of_the_kernel_has_a_shadow_too) {
  void* start = accepted(pair->driver, places_of(pair->kernel, memory.data()));
  int error = 0;
  EXPECT_EQ(shadow_of(pair->kernel, places_of(pair->driver, start), &error), memory.data());
  EXPECT_EQ(error, 0);
}

TEST_F(PerCpuMemory, that_the_driver_has_freed_is_another_one_next_time) {
  const Places old = places_of(pair->driver, memory.data());
  accepted(pair->kernel, old);
  EXPECT_FALSE(ks_percpu_freed(memory.data()));
  const Places now = places_of(pair->driver, memory.data());
  for (ks_u32 i = 0; i < processors; i++) EXPECT_NE(now[i].ref, old[i].ref);
}

TEST_F(PerCpuMemory, that_the_driver_has_freed_stays_as_long_as_the_object_that_points_to_it) {
  int error = 0;
  know_device();
  const Places places = places_of(pair->driver, memory.data());
  void* start = shadow_of(pair->kernel, places, &error, true, type_device, device.data());
  ASSERT_NE(start, nullptr);
  ks_percpu_freed(memory.data());
  pair->cross(pair->driver);
  pair->cross(pair->kernel);
  EXPECT_EQ(pair->statistics().shadows, 0U);
  EXPECT_EQ(pair->statistics().retired, 0U);
  memset(at(start, 2), 1, 64); // ASan looks on
  ks_memory_freed(device.data(), device.size());
  pair->cross(pair->kernel);
  EXPECT_EQ(pair->statistics().retired, 0U);
}

TEST_F(PerCpuMemory, ends_with_the_object_that_the_kernels_end_drops) {
  int error = 0;
  know_device();
  const Places places = places_of(pair->driver, memory.data());
  shadow_of(pair->kernel, places, &error, true, type_device, device.data());
  ks_percpu_freed(memory.data());
  pair->cross(pair->driver);
  ks_object_drop(pair->kernel, device.data(), type_device);
  pair->cross(pair->kernel);
  EXPECT_EQ(pair->statistics().retired, 0U);
}

TEST_F(PerCpuMemory, that_per_cpu_memory_points_to_is_retired) {
  int error = 0;
  know_device();
  void* outer = shadow_of(pair->kernel, places_of(pair->driver, memory.data()), &error, true,
                          type_device, device.data());
  void* inner = shadow_of(pair->kernel, places_of(pair->driver, other.data()), &error, true,
                          type_device, outer);
  ks_percpu_freed(memory.data());
  ks_percpu_freed(other.data());
  pair->cross(pair->driver);
  pair->cross(pair->kernel);
  EXPECT_EQ(pair->statistics().retired, processors);
  memset(at(inner, 2), 1, 64); // ASan looks on
}

TEST_F(PerCpuMemory, that_an_argument_has_led_to_is_retired) {
  accepted(pair->kernel, places_of(pair->driver, memory.data()));
  ks_percpu_freed(memory.data());
  pair->cross(pair->driver);
  EXPECT_EQ(pair->statistics().retired, processors);
}

TEST_F(PerCpuMemory, that_the_kernel_has_freed_is_not_freed_again) {
  void* start = accepted(pair->kernel, places_of(pair->driver, memory.data()));
  for (ks_u32 i = 0; i < processors; i++) ks_memory_freed(at(start, i), 1);
  free(start);
}

TEST_F(PerCpuMemory, of_the_kernels_is_not_the_drivers_to_free) {
  void* start = accepted(pair->driver, places_of(pair->kernel, memory.data()));
  EXPECT_TRUE(ks_percpu_freed(start));
}

TEST_F(PerCpuMemory, counts_against_the_domains_bytes) {
  std::array<char, 3 * 4096> block{};
  int error = 0;
  Places places = places_of(pair->driver, block.data());
  for (int i = 0; i < 2000 && !error; i++) {
    for (ks_place& place : places) {
      place.extent = 32 << 10;
      place.ref += processors; // as if of so many more slots
    }
    shadow_of(pair->kernel, places, &error);
  }
  EXPECT_EQ(error, -ENOMEM);
}

TEST_F(PerCpuMemory, bad_type) {
  const Places places = places_of(pair->driver, memory.data());
  expect_refused(places, type_packet);
  accepted(pair->kernel, places);
  expect_refused(places, type_packet);
}

TEST_F(PerCpuMemory, bad_block) {
  Places places = places_of(pair->driver, memory.data());
  for (ks_place& place : places)
    place.ref = (place.ref & ~(0x7fffull << 48)) | (KS_BLOCK + 1ull) << 48;
  expect_refused(places);
}

TEST_F(PerCpuMemory, bad_part_of_it) {
  Places places = places_of(pair->driver, memory.data());
  accepted(pair->kernel, places);
  for (ks_place& place : places) place.offset = 8; // where a device has a packet
  expect_refused(places, type_packet);
}

TEST_F(PerCpuMemory, bad_offset) {
  Places places = places_of(pair->driver, memory.data());
  for (ks_place& place : places) place.extent += 64;
  places[1].offset = 64;
  expect_refused(places);
}

TEST_F(PerCpuMemory, bad_sizes) {
  const Places places = places_of(pair->driver, memory.data());
  Places other_size = places, too_large = places;
  other_size[2].extent += 8;
  expect_refused(other_size);
  for (ks_place& place : too_large) place.extent = (32 << 10) + 1;
  expect_refused(too_large);
}

TEST_F(PerCpuMemory, bad_null) {
  Places places = places_of(pair->driver, memory.data());
  places[1] = {};
  expect_refused(places);
}

TEST_F(PerCpuMemory, bad_object_of_two_processors) {
  Places places = places_of(pair->driver, memory.data());
  places[2] = places[0];
  expect_refused(places);
}

TEST_F(PerCpuMemory, bad_mixture_of_old_and_new) {
  const Places known = places_of(pair->driver, memory.data());
  accepted(pair->kernel, known);
  Places places = places_of(pair->driver, other.data());
  places[0] = known[0];
  expect_refused(places);
}

TEST_F(PerCpuMemory, bad_order) {
  Places places = places_of(pair->driver, memory.data());
  accepted(pair->kernel, places);
  std::swap(places[1], places[2]);
  expect_refused(places);
}

TEST_F(PerCpuMemory, bad_mixture_of_two) {
  const Places one = places_of(pair->driver, memory.data());
  Places places = places_of(pair->driver, other.data());
  accepted(pair->kernel, one);
  accepted(pair->kernel, places);
  places[1] = one[1];
  expect_refused(places);
}

// At the right distances, but nobody has said that it is per-CPU memory.
TEST_F(PerCpuMemory, bad_objects_of_the_kernel) {
  Places places{};
  for (ks_u32 i = 0; i < processors; i++) {
    Message message(pair->kernel);
    places[i] = ks_object_place(pair->kernel, message, at(memory.data(), i), type_device);
  }
  expect_refused(places);
}

} // namespace
} // namespace ks
