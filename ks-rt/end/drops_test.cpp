// SPDX-License-Identifier: MIT
#include "ks-rt/end/pair.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <random>
#include <thread>
#include <vector>

namespace ks {
namespace {

ks_ref share(ks_end* from, ks_end* to, const void* object, void** shadow,
             ks_u16 type = type_packet) {
  Message out(from), in(to);
  ks_ref ref = ref_of(from, out, object, type);
  *shadow = ks_object_shadow(to, in, whole(ref), type, 0);
  return ref;
}

TEST(Drops, reach_the_other_end_with_the_next_crossing_either_way) {
  for (bool owner_drops : {false, true})
    for (bool kernel_crosses : {false, true}) {
      Pair pair;
      int object = 0;
      void* shadow = nullptr;
      ks_ref ref = share(pair.kernel, pair.driver, &object, &shadow);
      if (owner_drops)
        ks_object_drop(pair.kernel, &object, type_packet);
      else
        ks_object_drop(pair.driver, shadow, type_packet);
      EXPECT_EQ(ks_ref_known(pair.kernel, ref), !owner_drops);
      EXPECT_EQ(ks_ref_known(pair.driver, ref), owner_drops);
      pair.cross(kernel_crosses ? pair.kernel : pair.driver);
      EXPECT_FALSE(ks_ref_known(pair.kernel, ref));
      EXPECT_FALSE(ks_ref_known(pair.driver, ref));
      EXPECT_EQ(pair.statistics().live_objects, 0u);
      EXPECT_EQ(pair.statistics().shadows, 0u);
      EXPECT_EQ(pair.statistics().drops, 1u);
    }
}

TEST(Drops, what_is_being_freed_is_no_other_threads_object) {
  Pair pair;
  int object = 0;
  void* shadow = nullptr;
  ks_ref old = share(pair.kernel, pair.driver, &object, &shadow), next = 0;
  EXPECT_TRUE(ks_ref_ending(pair.kernel, old));
  EXPECT_FALSE(ks_ref_ending(pair.kernel, old)) << "one thread gives it back, once";
  EXPECT_TRUE(ks_ref_ending(pair.kernel, 0)) << "NULL";
  EXPECT_EQ(share(pair.kernel, pair.driver, &object, &shadow), old) << "it is, until it is free";
  std::thread([&] { next = share(pair.kernel, pair.driver, &object, &shadow); }).join();
  EXPECT_NE(next, old);
  ks_ref_drop(pair.kernel, old);
  pair.cross(pair.kernel);
  EXPECT_FALSE(ks_ref_known(pair.driver, old));
  EXPECT_TRUE(ks_ref_known(pair.driver, next));
  EXPECT_EQ(share(pair.kernel, pair.driver, &object, &shadow), next);
}

TEST(Drops, both_ends_dropping_is_one_end) {
  Pair pair;
  int object = 0;
  void* shadow = nullptr;
  ks_ref ref = share(pair.kernel, pair.driver, &object, &shadow);
  ks_ref_drop(pair.kernel, ref);
  ks_ref_drop(pair.driver, ref);
  ks_ref_drop(pair.driver, ref);
  ks_ref_drop(pair.driver, 0);
  ks_object_drop(pair.driver, &object, type_packet);
  pair.cross(pair.driver);
  EXPECT_FALSE(ks_ref_known(pair.kernel, ref));
  ks_ref next = share(pair.kernel, pair.driver, &object, &shadow);
  EXPECT_NE(next, ref);
  pair.cross(pair.driver);
  EXPECT_TRUE(ks_ref_known(pair.driver, next)) << "a late drop must not hit the successor";
}

TEST(Drops, object_on_its_way_is_not_dropped) {
  Pair pair;
  int object = 0;
  void *shadow = nullptr, *again = nullptr;
  ks_ref ref = share(pair.kernel, pair.driver, &object, &shadow);
  {
    Message out(pair.kernel), in(pair.driver);
    ks_ref_drop(pair.driver, ref); // before the kernel hears of it, it sends the object again
    EXPECT_EQ(ref_of(pair.kernel, out, &object, type_packet), ref);
    again = ks_object_shadow(pair.driver, in, whole(ref), type_packet, 0);
  }
  EXPECT_NE(again, nullptr);
  pair.cross(pair.kernel);
  pair.cross(pair.driver);
  EXPECT_TRUE(ks_ref_known(pair.kernel, ref));
  EXPECT_TRUE(ks_ref_known(pair.driver, ref));
}

// The driver's function gives a packet back and its glue still reads the shadow when it returns.
TEST(Drops, shadow_outlives_the_crossing_it_is_dropped_in) {
  Pair pair;
  int packet = 0;
  pair.table.kernel[0] = [](ks_end* end, ks_message* message) {
    ks_ref ref = *static_cast<const ks_ref*>(ks_message_take(message, sizeof(ks_ref)));
    EXPECT_NE(ks_object_find(end, message, whole(ref), type_packet), nullptr);
    ks_message_reset(message);
    ks_ref_drop(end, ref);
    return 0;
  };
  pair.table.driver[0] = [&](ks_end* end, ks_message* message) {
    ks_ref ref = *static_cast<const ks_ref*>(ks_message_take(message, sizeof(ks_ref)));
    void* shadow = ks_object_shadow(end, message, whole(ref), type_packet, 0);
    auto* attached =
        static_cast<ks_u8*>(ks_object_attach(end, message, shadow, type_packet, 1, 100));
    void* twin = ks_object_twin(end, shadow, type_packet);
    memset(shadow, 5, 24);
    {
      Message inner(end);
      *static_cast<ks_ref*>(ks_message_reserve(inner, sizeof ref)) = ref;
      EXPECT_EQ(ks_call(end, 0, inner), 0);
    }
    pair.cross(end);
    pair.cross(end);
    EXPECT_FALSE(ks_ref_known(end, ref));
    EXPECT_EQ(static_cast<ks_u8*>(shadow)[23], 5); // ASan looks on
    EXPECT_EQ(static_cast<ks_u8*>(twin)[23], 0);
    EXPECT_EQ(attached[99], 0);
    ks_message_reset(message);
    return 0;
  };
  Message message(pair.kernel);
  ks_ref ref = ks_object_place_fresh(pair.kernel, message, &packet, type_packet).ref;
  *static_cast<ks_ref*>(ks_message_reserve(message, sizeof ref)) = ref;
  EXPECT_EQ(ks_call(pair.kernel, 0, message), 0);
  EXPECT_FALSE(ks_ref_known(pair.kernel, ref));
}

TEST(Drops, kernels_shadow_survives_a_drop_by_the_driver) {
  Pair pair;
  int object = 0;
  void* shadow = nullptr;
  ks_ref ref = share(pair.driver, pair.kernel, &object, &shadow);
  memset(shadow, 3, 24);
  ks_ref_drop(pair.driver, ref);
  pair.cross(pair.driver);
  pair.cross(pair.kernel);
  EXPECT_FALSE(ks_ref_known(pair.kernel, ref));
  EXPECT_EQ(static_cast<ks_u8*>(shadow)[23], 3); // ASan looks on
  EXPECT_EQ(pair.statistics().retired, 1u);
  EXPECT_EQ(pair.statistics().shadows, 0u);
}

TEST(Drops, what_a_kernels_object_was_given_survives_a_drop_by_the_driver) {
  Pair pair;
  int object = 0;
  void* shadow = nullptr;
  ks_ref ref = share(pair.kernel, pair.driver, &object, &shadow);
  ks_u8* attached = nullptr;
  {
    Message message(pair.kernel);
    attached =
        static_cast<ks_u8*>(ks_object_attach(pair.kernel, message, &object, type_packet, 1, 100));
    ASSERT_NE(attached, nullptr);
  }
  attached[99] = 3;
  ks_ref_drop(pair.driver, ref);
  pair.cross(pair.driver);
  pair.cross(pair.kernel);
  EXPECT_FALSE(ks_ref_known(pair.kernel, ref));
  EXPECT_EQ(attached[99], 3); // ASan looks on
}

TEST(Drops, kernel_that_drops_a_shadow_frees_it) {
  Pair pair;
  int object = 0;
  void* shadow = nullptr;
  for (int i = 0; i < 100000; i++) { // far more than the budget in bytes
    ks_ref ref = share(pair.driver, pair.kernel, &object, &shadow, type_device);
    ASSERT_NE(shadow, nullptr);
    ks_object_drop(pair.kernel, shadow, type_device);
    pair.cross(pair.kernel);
    ASSERT_FALSE(ks_ref_known(pair.driver, ref));
  }
  EXPECT_EQ(pair.statistics().retired, 0u);
}

TEST(Drops, pointer_of_the_driver_into_what_the_kernel_has_freed_is_none) {
  Pair pair;
  int object = 0;
  void* shadow = nullptr;
  share(pair.kernel, pair.driver, &object, &shadow);
  Message message(pair.driver); // as long as it is used, the bytes are there
  EXPECT_NE(ks_object_place(pair.driver, message, shadow, type_packet).ref, 0u);
  ks_object_drop(pair.kernel, &object, type_packet);
  pair.cross(pair.kernel);
  EXPECT_EQ(ks_object_place(pair.driver, message, shadow, type_packet).ref, 0u);
  EXPECT_EQ(message->error, 0);
}

TEST(Drops, flood_by_the_driver_is_bounded) {
  Pair pair;
  Message message(pair.kernel);
  ks_u32 made = 0;
  for (ks_u32 generation = 1; generation < 1000000; generation++, made++) {
    ks_ref ref = ks_ref{1} << 63 | ks_ref{type_device + 1} << 48 | ks_ref{generation} << 24 | 5;
    if (!ks_object_shadow(pair.kernel, message, whole(ref), type_device, 4096)) break;
  }
  EXPECT_EQ(message->error, -ENOMEM);
  EXPECT_LT(made, 9000u);
}

// A slow model: which references each end knows, and what is on its way.
struct Model {
  struct Object {
    const void* address;
    ks_ref ref;
    bool at_owner, at_other;
  };
  std::vector<Object> objects;
};

TEST(Drops, random_steps_agree_with_a_slow_model) {
  Pair pair;
  std::mt19937 random(1);
  std::vector<char> memory(300);
  Model model;
  ks_end* ends[] = {pair.kernel, pair.driver};
  auto live = [&](const void* address, bool drivers) -> Model::Object* {
    for (auto& object : model.objects)
      if (object.address == address && object.ref >> 63 == drivers && object.at_owner)
        return &object;
    return nullptr;
  };
  auto settle = [&] {
    std::erase_if(model.objects,
                  [](const auto& object) { return !object.at_owner || !object.at_other; });
  };
  for (int step = 0; step < 30000; step++) {
    bool drivers = random() % 2;
    ks_end *owner = ends[drivers], *other = ends[!drivers];
    const void* address = &memory[random() % memory.size()];
    int action = random() % 6;
    if (action < 2) settle(); // taking the messages delivers all drops
    Model::Object* object = live(address, drivers);
    switch (action) {
    case 0:
    case 1: { // cross as an argument
      Message out(owner), in(other);
      ks_ref ref = ref_of(owner, out, address, type_packet);
      void* shadow = ks_object_shadow(other, in, whole(ref), type_packet, 0);
      ASSERT_NE(shadow, nullptr);
      if (object)
        ASSERT_EQ(object->ref, ref);
      else
        model.objects.push_back({address, ref, true, true});
      break;
    }
    case 2:
      ks_object_drop(owner, address, type_packet);
      if (object) object->at_owner = false;
      break;
    case 3:
      if (object) {
        ks_ref_drop(other, object->ref);
        object->at_other = false;
      }
      break;
    case 4:
      pair.cross(ends[random() % 2]);
      settle();
      break;
    default:
      for (const auto& known : model.objects) {
        bool of_driver = known.ref >> 63;
        ASSERT_EQ(ks_ref_known(ends[of_driver], known.ref), known.at_owner);
        ASSERT_EQ(ks_ref_known(ends[!of_driver], known.ref), known.at_other);
      }
    }
  }
  pair.cross(pair.kernel);
  settle();
  EXPECT_EQ(pair.statistics().live_objects, model.objects.size());
  EXPECT_EQ(pair.statistics().shadows, model.objects.size());
}

TEST(Drops, many_threads) {
  Pair pair;
  pair.table.driver[0] = [](ks_end* end, ks_message* message) {
    ks_ref ref = *static_cast<const ks_ref*>(ks_message_take(message, sizeof(ks_ref)));
    void* shadow = ks_object_shadow(end, message, whole(ref), type_packet, 0);
    if (!shadow) return message->error;
    memset(shadow, 1, 24);
    {
      Message inner(end);
      *static_cast<ks_ref*>(ks_message_reserve(inner, sizeof ref)) = ref;
      if (int error = ks_call(end, 0, inner)) return error;
    }
    memset(shadow, 2, 24);
    ks_message_reset(message);
    return 0;
  };
  pair.table.kernel[0] = [](ks_end* end, ks_message* message) {
    ks_ref ref = *static_cast<const ks_ref*>(ks_message_take(message, sizeof(ks_ref)));
    ks_object_find(end, message, whole(ref), type_packet);
    ks_message_reset(message);
    ks_ref_drop(end, ref);
    return 0;
  };
  auto work = [&](int seed) {
    std::mt19937 random(seed);
    std::vector<char> memory(100);
    for (int i = 0; i < 3000; i++) {
      Message message(pair.kernel);
      ASSERT_NE(message, nullptr);
      ks_ref ref =
          ks_object_place_fresh(pair.kernel, message, &memory[random() % 100], type_packet).ref;
      *static_cast<ks_ref*>(ks_message_reserve(message, sizeof ref)) = ref;
      ASSERT_EQ(ks_call(pair.kernel, 0, message), 0);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; i++) threads.emplace_back(work, i);
  for (auto& thread : threads) thread.join();
  pair.cross(pair.kernel);
  EXPECT_EQ(pair.statistics().live_objects, 0u);
  EXPECT_EQ(pair.statistics().shadows, 0u);
  EXPECT_EQ(pair.statistics().messages_in_use, 0u);
}

} // namespace
} // namespace ks
