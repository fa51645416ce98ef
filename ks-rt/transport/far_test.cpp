// SPDX-License-Identifier: MIT
// Ends in different address spaces, as far as one process can show it: they share nothing
// but parcels.
#include "ks-rt/transport/far.h"
#include "ks-rt/end/pair.hpp"

#include <cstring>
#include <memory>
#include <random>
#include <vector>

namespace ks {
namespace {

struct FarPair;
FarPair* pair_of = nullptr;

// A parcel of its own for each nested crossing, as a transport has.
struct FarPair : Pair {
  std::function<void(ks_parcel&)> on_the_way, on_the_way_back;
  int carried = 0, stops = 0;

  static int carry(ks_end* end, ks_u32 crossing, ks_message* message) {
    auto parcel = std::make_unique<ks_parcel>();
    ks_end* other = end == pair_of->driver ? pair_of->kernel : pair_of->driver;
    ks_parcel_pack(end, parcel.get(), crossing, 0, message);
    if (pair_of->on_the_way) pair_of->on_the_way(*parcel);
    pair_of->carried++;
    ks_parcel_answer(other, parcel.get());
    if (pair_of->on_the_way_back) pair_of->on_the_way_back(*parcel);
    return ks_answered(end, message, ks_parcel_unpack(end, parcel.get(), message));
  }
  static void stop(ks_end*) { pair_of->stops++; }
  static constexpr ks_transport transport{carry, nullptr, stop};

  FarPair() : Pair(nullptr) {
    kernel_interface.name = driver_interface.name = "far";
    kernel = ks_far_open(&kernel_interface, &transport, nullptr);
    driver = ks_far_open(&driver_interface, &transport, nullptr);
    pair_of = this;
  }
  ~FarPair() {
    ks_far_close(kernel);
    ks_far_close(driver);
    kernel = driver = nullptr;
  }
};

TEST(Far, a_call_and_its_reply_travel) {
  FarPair pair;
  pair.table.driver[1] = [](ks_end*, ks_message* message) {
    ks_u64 sent = 0;
    std::memcpy(&sent, ks_message_take(message, 8), 8);
    ks_message_reset(message);
    sent *= 2;
    std::memcpy(ks_message_reserve(message, 8), &sent, 8);
    return 0;
  };
  Message message(pair.kernel);
  ks_u64 value = 21;
  std::memcpy(ks_message_reserve(message, 8), &value, 8);
  ASSERT_EQ(ks_call(pair.kernel, 1, message), 0);
  std::memcpy(&value, ks_message_take(message, 8), 8);
  EXPECT_EQ(value, 42u);
  EXPECT_EQ(pair.statistics().crossings_to_driver, 1u);
}

TEST(Far, calls_nest) {
  FarPair pair;
  int depth = 0;
  auto again = [&](ks_end* end, ks_message* message) {
    ks_message_reset(message);
    if (++depth < 6) {
      Message inner(end);
      EXPECT_EQ(ks_call(end, 0, inner), 0);
    }
    return 0;
  };
  pair.table.kernel[0] = pair.table.driver[0] = again;
  Message message(pair.driver);
  EXPECT_EQ(ks_call(pair.driver, 0, message), 0);
  EXPECT_EQ(pair.carried, 6);
}

TEST(Far, drops_travel_with_the_next_parcel_either_way) {
  for (bool owner_drops : {false, true})
    for (bool kernel_crosses : {false, true}) {
      FarPair pair;
      int object = 0;
      ks_ref ref = 0;
      void* shadow = nullptr;
      {
        Message out(pair.kernel), in(pair.driver);
        ref = ref_of(pair.kernel, out, &object, type_packet);
        shadow = ks_object_shadow(pair.driver, in, whole(ref), type_packet, 0);
      }
      if (owner_drops)
        ks_object_drop(pair.kernel, &object, type_packet);
      else
        ks_object_drop(pair.driver, shadow, type_packet);
      pair.cross(kernel_crosses ? pair.kernel : pair.driver);
      EXPECT_FALSE(ks_ref_known(pair.kernel, ref));
      EXPECT_FALSE(ks_ref_known(pair.driver, ref));
      EXPECT_FALSE(ks_domain_stopped(pair.kernel));
    }
}

TEST(Far, more_drops_than_a_parcel_holds_travel_with_several) {
  FarPair pair;
  std::vector<char> objects(3 * KS_PARCEL_DROPS);
  for (char& object : objects) {
    Message out(pair.kernel), in(pair.driver);
    ks_ref ref = ref_of(pair.kernel, out, &object, type_packet);
    ASSERT_NE(ks_object_shadow(pair.driver, in, whole(ref), type_packet, 0), nullptr);
    ks_ref_drop(pair.kernel, ref);
  }
  for (std::size_t left = objects.size(); left > 0; left -= KS_PARCEL_DROPS) {
    ks_statistics statistics;
    ks_domain_statistics(pair.driver, &statistics);
    EXPECT_EQ(statistics.shadows, left);
    pair.cross(pair.kernel);
  }
}

TEST(Far, error_of_the_driver_is_an_error_of_the_call) {
  FarPair pair;
  pair.table.driver[2] = [](ks_end*, ks_message*) { return -ENODEV; };
  Message message(pair.kernel);
  EXPECT_EQ(ks_call(pair.kernel, 2, message), -ENODEV);
  EXPECT_FALSE(ks_domain_stopped(pair.kernel));
}

TEST(Far, a_parcel_that_makes_no_sense_stops_the_domain) {
  const std::vector<std::function<void(ks_parcel&)>> spoil = {
      [](ks_parcel& parcel) { parcel.size = KS_MESSAGE_SIZE + 1; },
      [](ks_parcel& parcel) { parcel.size = ~0u; },
      [](ks_parcel& parcel) { parcel.drop_count = KS_PARCEL_DROPS + 1; },
      [](ks_parcel& parcel) { parcel.drop_count = ~0u; },
  };
  for (bool is_reply : {false, true})
    for (const auto& change : spoil) {
      FarPair pair;
      (is_reply ? pair.on_the_way_back : pair.on_the_way) = change;
      {
        Message message(is_reply ? pair.kernel : pair.driver);
        EXPECT_LT(ks_call(is_reply ? pair.kernel : pair.driver, 0, message), 0);
      }
      EXPECT_TRUE(ks_domain_stopped(pair.kernel));
      EXPECT_EQ(pair.stops, 1);
      Message after(pair.kernel);
      EXPECT_EQ(after, nullptr);
    }
}

TEST(Far, an_answer_that_is_no_error_code_stops_the_domain) {
  for (int error : {1, -4096, 0x7fffffff}) {
    FarPair pair;
    pair.on_the_way_back = [&](ks_parcel& parcel) { parcel.error = error; };
    {
      Message message(pair.kernel);
      EXPECT_EQ(ks_call(pair.kernel, 0, message), -EBADMSG);
    }
    EXPECT_TRUE(ks_domain_stopped(pair.kernel));
  }
}

// Whatever the driver's end writes, the kernel's end keeps its own objects apart from it.
TEST(Far, garbage_is_answered) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 300; round++) {
    FarPair pair;
    int object = 0;
    ks_ref ref = 0;
    {
      Message out(pair.kernel);
      ref = ref_of(pair.kernel, out, &object, type_packet);
    }
    pair.on_the_way = [&](ks_parcel& parcel) {
      auto* words = reinterpret_cast<ks_u32*>(&parcel);
      for (int i = 0; i < 3; i++)
        words[random() % 8] = static_cast<ks_u32>(random() >> (random() % 32));
      parcel.drops[0] = random() % 2 ? random() : ref;
    };
    Message message(pair.driver);
    ks_call(pair.driver, 0, message);
  }
}

} // namespace
} // namespace ks
