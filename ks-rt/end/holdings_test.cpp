// SPDX-License-Identifier: MIT
#include "ks-rt/end/pair.hpp"

#include <thread>
#include <vector>

namespace ks {
namespace {

enum : ks_u32 { unlock, unregister, cancel, put, undo_count };

using Words = std::array<ks_u64, KS_HOLD_WORDS>;
std::vector<std::pair<ks_u32, ks_u64>> undone; // which, and its first word

void run_unlock(const ks_u64* words) { undone.emplace_back(unlock, words[0]); }
void run_unregister(const ks_u64* words) { undone.emplace_back(unregister, words[0]); }
void run_cancel(const ks_u64* words) { undone.emplace_back(cancel, words[0]); }
void run_put(const ks_u64* words) { undone.emplace_back(put, words[0]); }

constexpr std::array<ks_undo, undo_count> undos{{{"unlock", run_unlock, true, false},
                                                 {"unregister", run_unregister, false, false},
                                                 {"cancel", run_cancel, false, true},
                                                 {"put", run_put, false, false, false, true}}};

using Undone = std::vector<std::pair<ks_u32, ks_u64>>;

struct Holdings : testing::Test, Pair {
  Holdings() : Pair(nullptr) {
    undone.clear();
    kernel_interface.name = driver_interface.name = "holdings";
    kernel_interface.undos = undos.data();
    kernel_interface.undo_count = undo_count;
    driver = ks_domain_offer(&driver_interface);
    kernel = ks_domain_open(&kernel_interface);
  }

  bool hold(ks_u32 undo, ks_u64 word, ks_ref ref = 0) {
    Message message(kernel);
    return ks_hold(kernel, message, undo, ref, Words{word}.data());
  }
  bool let_go(ks_u32 undo, ks_u64 word) { return ks_let_go(kernel, undo, Words{word}.data()); }
  bool drop(ks_u64 word, ks_ref ref, ks_u32 undo = put) {
    return ks_reference_drop(kernel, undo, ref, Words{word}.data());
  }
  ks_ref reference(const void* object) {
    Message message(kernel);
    return ref_of(kernel, message, object, type_packet);
  }
  void close() {
    ks_domain_close(kernel);
    kernel = nullptr;
  }
  int call_driver() {
    Message message(kernel);
    return message ? ks_call(kernel, 0, message) : -EIO;
  }
};

TEST_F(Holdings, all_that_is_left_is_undone_at_the_end_newest_first) {
  EXPECT_TRUE(hold(unregister, 1));
  EXPECT_TRUE(hold(unlock, 2));
  EXPECT_TRUE(hold(unregister, 3));
  EXPECT_TRUE(hold(cancel, 4));
  EXPECT_TRUE(undone.empty());
  close();
  EXPECT_EQ(undone, (Undone{{cancel, 4}, {unregister, 3}, {unlock, 2}, {unregister, 1}}));
}

TEST_F(Holdings, what_was_given_back_is_not_undone) {
  hold(unregister, 1);
  hold(unregister, 2);
  hold(unregister, 1);
  EXPECT_TRUE(let_go(unregister, 1));
  EXPECT_FALSE(let_go(unregister, 7));
  EXPECT_FALSE(let_go(unlock, 2));
  close();
  EXPECT_EQ(undone, (Undone{{unregister, 2}, {unregister, 1}})) << "the older of the two is left";
}

TEST_F(Holdings, what_is_undone_once_for_all_is_noted_once) {
  for (int i = 0; i < 3; i++) EXPECT_TRUE(hold(cancel, 1));
  EXPECT_TRUE(hold(cancel, 2));
  close();
  EXPECT_EQ(undone, (Undone{{cancel, 2}, {cancel, 1}}));
}

TEST_F(Holdings, locks_are_released_by_the_crossing_in_which_they_were_taken) {
  table.driver[0] = [&](ks_end*, ks_message*) {
    hold(unlock, 1);
    hold(unregister, 2);
    hold(unlock, 3);
    ks_domain_stop(kernel, "test");
    return 0;
  };
  hold(unlock, 0); // before this crossing
  EXPECT_EQ(call_driver(), -EIO);
  EXPECT_EQ(undone, (Undone{{unlock, 3}, {unlock, 1}}));
  close();
  EXPECT_EQ(undone, (Undone{{unlock, 3}, {unlock, 1}, {unregister, 2}, {unlock, 0}}));
}

TEST_F(Holdings, another_threads_locks_are_its_own_to_release) {
  table.driver[0] = [&](ks_end*, ks_message*) {
    hold(unlock, 1);
    std::thread([&] { hold(unlock, 2); }).join();
    ks_domain_stop(kernel, "test");
    return 0;
  };
  EXPECT_EQ(call_driver(), -EIO);
  EXPECT_EQ(undone, (Undone{{unlock, 1}}));
}

TEST_F(Holdings, a_crossing_that_only_fails_releases_nothing) {
  table.driver[0] = [&](ks_end*, ks_message*) {
    hold(unlock, 1);
    return -ENOENT;
  };
  EXPECT_EQ(call_driver(), -ENOENT);
  EXPECT_TRUE(undone.empty());
}

TEST_F(Holdings, end_with_an_object_that_the_kernel_frees) {
  int object = 0, other = 0;
  ks_ref ref = reference(&object);
  hold(unregister, 1, ref);
  hold(cancel, 2, ref);
  hold(unregister, 3, reference(&other));
  ks_ref_drop(kernel, ref);
  close();
  EXPECT_EQ(undone, (Undone{{unregister, 3}}));
}

TEST_F(Holdings, end_with_the_object_that_they_lie_in) {
  std::array<char, 200> outer{};
  ks_ref device = reference(outer.data());
  ks_place place = whole(device);
  ks_object_extend(kernel, &place, 100); // 24 bytes of the type, and these
  hold(cancel, 1, reference(&outer[0] + 30));
  hold(cancel, 2, reference(&outer[0] + 123));
  hold(cancel, 3, reference(&outer[0] + 124));
  hold(unregister, 4, reference(&outer[0] + 30));
  hold(unregister, 5, device);
  ks_ref_drop(kernel, device);
  ks_domain_stop(kernel, "test");
  close();
  EXPECT_EQ(undone, (Undone{{cancel, 3}}));
}

TEST_F(Holdings, what_ends_by_itself_is_only_undone_for_a_stopped_driver) {
  for (bool stopped : {true, false}) {
    undone.clear();
    int object = 0;
    hold(cancel, 1, reference(&object));
    hold(unregister, 2, reference(&object));
    if (stopped) ks_domain_stop(kernel, "test");
    close();
    EXPECT_EQ(undone, stopped ? (Undone{{unregister, 2}, {cancel, 1}}) : (Undone{{unregister, 2}}));
    if (stopped) {
      ks_domain_withdraw(driver);
      driver = ks_domain_offer(&driver_interface);
      kernel = ks_domain_open(&kernel_interface);
    }
  }
}

TEST_F(Holdings, the_driver_cannot_make_the_kernel_forget_them) {
  int object = 0;
  ks_ref ref = reference(&object);
  hold(unregister, 1, ref);
  {
    Message message(driver);
    void* shadow = ks_object_shadow(driver, message, whole(ref), type_packet, 0);
    ks_object_drop(driver, shadow, type_packet);
  }
  cross(driver);
  EXPECT_TRUE(ks_ref_known(kernel, ref));
  close();
  EXPECT_EQ(undone, (Undone{{unregister, 1}}));
}

TEST_F(Holdings, stay_with_a_shadow_that_the_driver_drops) {
  int object = 0;
  ks_ref ref;
  {
    Message out(driver), in(kernel);
    ref = ref_of(driver, out, &object, type_packet);
    ASSERT_NE(ks_object_shadow(kernel, in, whole(ref), type_packet, 0), nullptr);
  }
  hold(unregister, 1, ref);
  ks_ref_drop(driver, ref);
  cross(driver);
  EXPECT_FALSE(ks_ref_known(kernel, ref));
  close();
  EXPECT_EQ(undone, (Undone{{unregister, 1}}));
}

TEST_F(Holdings, references_are_dropped_no_more_often_than_they_were_taken) {
  int object = 0, other = 0;
  ks_ref ref = reference(&object);
  EXPECT_FALSE(drop(1, ref)) << "the kernel's alone";
  for (int i = 0; i < 3; i++) hold(put, 1, ref);
  hold(put, 2, reference(&other));
  for (int i = 0; i < 3; i++) EXPECT_TRUE(drop(1, ref));
  EXPECT_FALSE(drop(1, ref));
  EXPECT_TRUE(drop(2, reference(&other)));
}

TEST_F(Holdings, a_reference_to_an_object_is_dropped_by_whatever_name) {
  int object = 0;
  ks_ref ref = reference(&object);
  hold(cancel, 1, ref);
  hold(put, 1, ref);
  EXPECT_TRUE(drop(9, ref)) << "a member of it";
  EXPECT_FALSE(drop(9, ref)) << "what is no reference is none by another name";
}

TEST_F(Holdings, references_to_what_came_with_some_are_not_counted) {
  int object = 0;
  ks_ref ref = reference(&object);
  ks_object_entrust(kernel, ref);
  EXPECT_TRUE(drop(1, ref));
  ks_ref driver_s;
  {
    Message out(driver), in(kernel);
    driver_s = ref_of(driver, out, &object, type_packet);
    ASSERT_NE(ks_object_shadow(kernel, in, whole(driver_s), type_packet, 0), nullptr);
  }
  EXPECT_TRUE(drop(1, driver_s)) << "the driver has made it";
}

TEST_F(Holdings, references_that_are_left_may_have_been_handed_over) {
  int object = 0;
  hold(put, 1, reference(&object));
  ks_domain_stop(kernel, "test");
  close();
  EXPECT_TRUE(undone.empty());
}

TEST_F(Holdings, what_the_driver_has_a_reference_to_is_there_after_another_one_was_dropped) {
  ks_user_sees_frees(false);
  int object = 0;
  ks_ref ref = reference(&object);
  hold(put, 1, ref);
  hold(put, 1, ref);
  for (bool known : {true, false}) {
    drop(1, ref);
    ks_ref_at_risk(kernel, ref);
    ks_ref_after_risk(kernel, ref, true);
    EXPECT_EQ(ks_ref_known(kernel, ref), known);
  }
  ks_user_sees_frees(true);
}

TEST_F(Holdings, of_two_threads_that_drop_a_reference_the_second_frees) {
  ks_user_sees_frees(false);
  int object = 0;
  ks_ref ref = reference(&object);
  hold(put, 1, ref);
  hold(put, 1, ref);
  drop(1, ref);
  ks_ref_at_risk(kernel, ref);
  drop(1, ref);
  ks_ref_after_risk(kernel, ref, true);
  EXPECT_FALSE(ks_ref_known(kernel, ref));
  ks_user_sees_frees(true);
}

TEST_F(Holdings, have_a_limit) {
  Message message(kernel);
  ks_u64 count = 0;
  while (count <= 65536 && ks_hold(kernel, message, unlock, 0, Words{count}.data())) count++;
  EXPECT_EQ(count, 65536u);
  EXPECT_EQ(message->error, -ENOMEM);
  let_go(unlock, 65535);
  EXPECT_TRUE(hold(unlock, 1));
}

// What undoes runs with the end's lock released, and the driver is not called any more.
Holdings* current = nullptr;
TEST_F(Holdings, undoing_may_drop_objects_and_is_answered_by_nobody) {
  static ks_ref ref;
  static int object;
  static constexpr std::array<ks_undo, 2> calling{
      {{"first", [](const ks_u64*) { undone.emplace_back(9, current->call_driver() == -EIO); },
        false, false},
       {"second", [](const ks_u64*) { ks_ref_drop(current->kernel, ref); }, false, false}}};
  current = this;
  kernel_interface.undos = calling.data();
  ref = reference(&object);
  hold(0, 1);
  hold(0, 2, ref);
  hold(1, 0);
  ks_domain_close(kernel);
  EXPECT_EQ(undone, (Undone{{9, 1}})) << "the second one's went with its object";
  kernel = nullptr;
}

} // namespace
} // namespace ks
