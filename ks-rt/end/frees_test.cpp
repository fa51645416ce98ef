// SPDX-License-Identifier: MIT
#include "ks-rt/end/pair.hpp"
#include "ks-rt/os/os.h"

#include <atomic>
#include <chrono>
#include <sys/mman.h>
#include <thread>
#include <vector>

namespace ks {
namespace {

std::vector<ks_u64> freed; // what the kernel's end has given back
void run_free(const ks_u64* words) { freed.push_back(words[0]); }
constexpr std::array<ks_undo, 1> undos{{{"free", run_free, false, false, true}}};

ks_u64 word_of(const void* address) { return reinterpret_cast<ks_u64>(address); }

struct Frees : testing::Test, Pair {
  Frees() : Pair(nullptr) {
    freed.clear();
    kernel_interface.name = driver_interface.name = "frees";
    kernel_interface.undos = undos.data();
    kernel_interface.undo_count = undos.size();
    driver = ks_domain_offer(&driver_interface);
    kernel = ks_domain_open(&kernel_interface);
  }
  ~Frees() override {
    ks_user_sees_frees(true);
    ks_user_defers(false);
  }

  ks_ref share(ks_end* from, ks_end* to, const void* object, void** shadow) {
    Message out(from), in(to);
    ks_place place = ks_object_place(from, out, object, type_packet);
    *shadow = ks_object_shadow(to, in, place, type_packet, 0);
    return place.ref;
  }
  bool give(ks_ref ref, ks_u64 word) {
    Message message(kernel);
    return ks_hold(kernel, message, 0, ref, std::array<ks_u64, KS_HOLD_WORDS>{word}.data());
  }
  bool offer(ks_ref ref, ks_u64 word) {
    Message message(kernel);
    return ks_offer(kernel, message, 0, ref, std::array<ks_u64, KS_HOLD_WORDS>{word}.data());
  }
  void offered(ks_u64 word, bool taken) {
    ks_offered(kernel, 0, std::array<ks_u64, KS_HOLD_WORDS>{word}.data(), taken);
  }
  // As an allocator of the kernel's would.
  static void kernel_frees(void* memory, size_t size) {
    ks_memory_freed(memory, size);
    ks_os_free(memory);
  }
};

TEST_F(Frees, what_the_kernel_frees_leaves_both_ends) {
  void *memory = ks_os_alloc(64), *shadow = nullptr;
  ks_ref ref = share(kernel, driver, static_cast<char*>(memory) + 8, &shadow);
  kernel_frees(memory, 64);
  EXPECT_FALSE(ks_ref_known(kernel, ref));
  cross(kernel);
  EXPECT_FALSE(ks_ref_known(driver, ref));
}

[[gnu::noinline]] void leave_frames(ks_end* end) { ks_stack_left(end, __builtin_frame_address(0)); }

[[gnu::noinline]] ks_ref share_local(const std::function<ks_ref(const void*)>& share) {
  std::array<char, 1024> frame{};
  return share(frame.data());
}

TEST_F(Frees, what_lay_in_a_frame_that_was_left_leaves_both_ends) {
  std::array<char, 24> outer{};
  void* shadow = nullptr;
  const ks_ref kept = share(driver, kernel, outer.data(), &shadow);
  const ks_ref left =
      share_local([&](const void* local) { return share(driver, kernel, local, &shadow); });
  EXPECT_TRUE(ks_ref_known(driver, left));
  leave_frames(driver);
  EXPECT_FALSE(ks_ref_known(driver, left));
  EXPECT_TRUE(ks_ref_known(driver, kept)) << "its frame has not been left";
  cross(driver);
  EXPECT_FALSE(ks_ref_known(kernel, left));
}

TEST_F(Frees, what_the_kernel_had_in_a_frame_that_was_left_leaves_both_ends) {
  std::array<char, 24> outer{};
  void* shadow = nullptr;
  const ks_ref kept = share(kernel, driver, outer.data(), &shadow);
  const ks_ref left =
      share_local([&](const void* local) { return share(kernel, driver, local, &shadow); });
  leave_frames(kernel);
  EXPECT_FALSE(ks_ref_known(kernel, left)) << "the domain could have it written to";
  EXPECT_TRUE(ks_ref_known(kernel, kept)) << "its frame has not been left";
  cross(kernel);
  EXPECT_FALSE(ks_ref_known(driver, left));
}

TEST_F(Frees, what_lay_in_a_scope_that_was_left_leaves_both_ends) {
  std::array<char, 24> inner{}, outer{};
  void* shadow = nullptr;
  const ks_ref kept = share(driver, kernel, outer.data(), &shadow);
  const ks_ref left = share(driver, kernel, inner.data(), &shadow);
  ks_scope_left(inner.data(), inner.size());
  EXPECT_FALSE(ks_ref_known(driver, left));
  EXPECT_TRUE(ks_ref_known(driver, kept)) << "its scope has not been left";
  cross(driver);
  EXPECT_FALSE(ks_ref_known(kernel, left));
}

TEST_F(Frees, what_an_end_looks_at_is_not_freed_before_it_has_looked) {
  std::vector<char> object(24), other(24);
  void* shadow = nullptr;
  share(kernel, driver, object.data(), &shadow);
  const unsigned long outer = ks_look(), inner = ks_look();
  std::atomic<int> done = 0;
  std::thread frees([&] {
    ks_memory_freed(other.data(), other.size());
    done = 1;
    ks_memory_freed(object.data(), object.size());
    done = 2;
  });
  while (done == 0) std::this_thread::yield();
  ks_looked(inner);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(done, 1);
  ks_looked(outer);
  frees.join();
  EXPECT_EQ(done, 2);
}

TEST_F(Frees, other_memory_is_nobodys_concern) {
  std::array<char, 24> object{};
  void* shadow = nullptr;
  ks_ref ref = share(kernel, driver, object.data(), &shadow);
  ks_memory_freed(object.data() + 1, 23);
  EXPECT_TRUE(ks_ref_known(kernel, ref));
}

TEST_F(Frees, drivers_memory_goes_with_the_shadow_that_the_kernel_frees) {
  void *block = ks_os_alloc(24), *shadow = nullptr, *start = nullptr;
  size_t size = 0;
  ks_block_add(block, 24);
  ks_ref ref = share(driver, kernel, block, &shadow);
  kernel_frees(shadow, 24);
  EXPECT_FALSE(ks_ref_known(kernel, ref));
  cross(kernel);
  EXPECT_FALSE(ks_ref_known(driver, ref));
  start = ks_os_block(block, &size);
  EXPECT_EQ(start, nullptr) << "and ASan looks for a leak";
}

TEST_F(Frees, retired_shadow_that_the_kernel_frees_is_reclaimed) {
  void *block = ks_os_alloc(24), *shadow = nullptr;
  ks_block_add(block, 24);
  share(driver, kernel, block, &shadow);
  ks_os_block_free(block);
  cross(driver);
  EXPECT_EQ(statistics().retired, 1u);
  EXPECT_TRUE(ks_object_is_drivers(kernel, shadow));
  kernel_frees(shadow, 24);
  EXPECT_FALSE(ks_object_is_drivers(kernel, shadow));
  EXPECT_EQ(statistics().retired, 0u);
}

TEST_F(Frees, shadow_that_the_kernel_frees_before_the_driver_hears_of_its_drop_is_freed_once) {
  for (bool by_function : {true, false}) {
    void *block = ks_os_alloc(24), *shadow = nullptr;
    size_t size = 0;
    ks_block_add(block, 24);
    ks_ref ref = share(driver, kernel, block, &shadow);
    if (by_function)
      ks_ref_drop(kernel, ref);
    else
      ks_object_drop(kernel, shadow, type_packet);
    kernel_frees(shadow, 24);
    EXPECT_EQ(statistics().retired, 0u);
    cross(kernel); // ASan looks on
    EXPECT_EQ(ks_os_block(block, &size), nullptr) << "the driver's goes with it";
  }
}

TEST_F(Frees, what_was_attached_to_the_kernels_object_stays_until_that_is_freed) {
  auto* memory = static_cast<char*>(ks_os_alloc(64));
  void* shadow = nullptr;
  ks_ref ref = share(kernel, driver, memory, &shadow);
  char* attached = nullptr;
  {
    Message message(kernel);
    attached = static_cast<char*>(ks_object_attach(kernel, message, memory, type_packet, 1, 100));
  }
  ks_ref_drop(kernel, ref); // its function may only have dropped a count
  cross(kernel);
  for (int i = 0; i < 4; ++i) Message message(kernel);
  EXPECT_EQ(attached[99], 0); // ASan looks on
  EXPECT_EQ(statistics().retired, 1u);
  kernel_frees(memory, 64);
  EXPECT_EQ(statistics().retired, 0u);
}

TEST_F(Frees, what_is_attached_to_what_the_kernel_has_just_freed_goes_nowhere) {
  auto* memory = static_cast<char*>(ks_os_alloc(64));
  void* shadow = nullptr;
  share(kernel, driver, memory, &shadow);
  Message message(kernel);
  kernel_frees(memory, 64);
  auto* attached =
      static_cast<char*>(ks_object_attach(kernel, message, memory, type_packet, 1, 100));
  ASSERT_NE(attached, nullptr);
  attached[99] = 1;
  EXPECT_EQ(message->error, 0);
  EXPECT_FALSE(ks_domain_stopped(kernel));
}

TEST_F(Frees, reference_to_what_the_kernel_has_freed_is_told_from_one_that_never_was) {
  auto* memory = static_cast<char*>(ks_os_alloc(64));
  void* shadow = nullptr;
  const ks_ref ref = share(kernel, driver, memory, &shadow);
  EXPECT_FALSE(ks_ref_ended(kernel, ref));
  kernel_frees(memory, 64);
  EXPECT_TRUE(ks_ref_ended(kernel, ref));
  EXPECT_FALSE(ks_ref_ended(kernel, ref + (ks_ref{1} << 24))) << "a generation to come";
  EXPECT_FALSE(ks_ref_ended(kernel, ref | 0xffffff)) << "no slot";
  EXPECT_FALSE(ks_ref_ended(kernel, ref | ks_ref{1} << 63)) << "the driver's";
  EXPECT_FALSE(ks_ref_ended(kernel, 0));
}

TEST_F(Frees, what_was_attached_to_the_kernels_object_outlives_the_domain) {
  std::array<char, 24> object{};
  std::array<char*, 2> attached{};
  void* shadow = nullptr;
  ks_ref ref = share(kernel, driver, object.data(), &shadow);
  {
    Message message(kernel);
    attached[0] =
        static_cast<char*>(ks_object_attach(kernel, message, object.data(), type_packet, 1, 100));
    attached[1] = static_cast<char*>(
        ks_object_attach(kernel, message, kernel_global.data(), type_device, 1, 100));
  }
  ks_ref_drop(driver, ref);
  cross(driver);
  ks_domain_close(kernel);
  kernel = nullptr;
  EXPECT_EQ(attached[0][99] + attached[1][99], 0); // ASan looks on
}

TEST_F(Frees, domain_has_a_share_of_what_each_free_looks_at) {
  constexpr size_t page = 4096, count = 30000;
  auto* memory = static_cast<char*>(
      mmap(nullptr, count * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
  ASSERT_NE(memory, MAP_FAILED);
  Message message(kernel);
  size_t made = 0;
  while (made < count && ks_object_place(kernel, message, memory + made * page, type_packet).ref)
    ++made;
  EXPECT_EQ(message->error, -ENOMEM);
  EXPECT_LT(made, size_t{12000}) << "or a driver could slow all frees down";
  Message again(kernel);
  EXPECT_NE(ks_object_place(kernel, again, memory + 8, type_packet).ref, 0u) << "of a page it has";
  ks_memory_freed(memory, count * page);
  cross(kernel);
  EXPECT_NE(ks_object_place(kernel, again, memory + made * page, type_packet).ref, 0u);
  munmap(memory, count * page);
}

TEST_F(Frees, lost_bytes_count) {
  std::array<char, 24> object{};
  ks_u32 made = 0;
  bool full = false;
  ks_user_sees_frees(false);
  for (; made < 20000 && !full; ++made) {
    Message out(driver), in(kernel);
    ks_place place = ks_object_place(driver, out, object.data(), type_packet);
    place.extent = 4096;
    full = !ks_object_shadow(kernel, in, place, type_packet, 0);
    ks_ref_drop(kernel, place.ref);
  }
  EXPECT_LT(made, 9000u) << "or a driver could have the kernel lose all its memory";
}

TEST_F(Frees, what_the_driver_is_given_it_may_free_once) {
  int object = 0;
  void* shadow = nullptr;
  ks_ref ref = share(kernel, driver, &object, &shadow);
  EXPECT_TRUE(give(ref, word_of(&object)));
  EXPECT_TRUE(give(ref, word_of(&object)));
  EXPECT_TRUE(ks_shadow_freed(shadow));
  EXPECT_FALSE(ks_shadow_freed(shadow)) << "it is none any more";
  EXPECT_TRUE(freed.empty());
  cross(driver);
  EXPECT_EQ(freed, std::vector<ks_u64>{word_of(&object)});
  EXPECT_FALSE(ks_ref_known(kernel, ref));
  EXPECT_FALSE(ks_domain_stopped(kernel));
}

TEST_F(Frees, gift_is_given_back_by_a_thread_that_may_sleep) {
  int object = 0;
  void* shadow = nullptr;
  EXPECT_TRUE(give(share(kernel, driver, &object, &shadow), word_of(&object)));
  ks_user_defers(true);
  EXPECT_TRUE(ks_shadow_freed(shadow));
  cross(driver);
  EXPECT_TRUE(freed.empty()) << "who heard of it may hold a lock";
  ks_user_defers(false);
  EXPECT_EQ(freed, std::vector<ks_u64>{word_of(&object)});
}

TEST_F(Frees, gift_that_waits_is_given_back_before_the_end_is_gone) {
  int object = 0;
  void* shadow = nullptr;
  EXPECT_TRUE(give(share(kernel, driver, &object, &shadow), word_of(&object)));
  ks_user_defers(true);
  EXPECT_TRUE(ks_shadow_freed(shadow));
  cross(driver);
  ks_domain_close(kernel);
  kernel = nullptr;
  EXPECT_EQ(freed, std::vector<ks_u64>{word_of(&object)});
}

TEST_F(Frees, gift_that_is_taken_back_leaves_what_was_given_before) {
  int object = 0;
  void* shadow = nullptr;
  ks_ref ref = share(kernel, driver, &object, &shadow);
  EXPECT_TRUE(give(ref, word_of(&object)));
  EXPECT_TRUE(offer(ref, word_of(&object)));
  offered(word_of(&object), false);
  EXPECT_TRUE(ks_shadow_freed(shadow));
  cross(driver);
  EXPECT_EQ(freed, std::vector<ks_u64>{word_of(&object)});
}

TEST_F(Frees, what_is_freed_in_the_call_that_offers_it_is_freed_after_it) {
  int object = 0;
  void* shadow = nullptr;
  EXPECT_TRUE(offer(share(kernel, driver, &object, &shadow), word_of(&object)));
  EXPECT_TRUE(ks_shadow_freed(shadow));
  cross(driver);
  EXPECT_TRUE(freed.empty()) << "it may yet be refused";
  offered(word_of(&object), true);
  EXPECT_EQ(freed, std::vector<ks_u64>{word_of(&object)});
  EXPECT_FALSE(ks_domain_stopped(kernel));
}

TEST_F(Frees, hostile_driver_that_frees_what_it_refuses_is_stopped) {
  int object = 0;
  void* shadow = nullptr;
  for (bool during : {true, false}) {
    EXPECT_TRUE(offer(share(kernel, driver, &object, &shadow), word_of(&object)));
    if (during) {
      EXPECT_TRUE(ks_shadow_freed(shadow));
    }
    if (during) cross(driver);
    offered(word_of(&object), false);
    if (!during) {
      EXPECT_TRUE(ks_shadow_freed(shadow));
    }
    {
      Message message(driver);
      if (message) {
        EXPECT_EQ(ks_call(driver, 0, message), -EIO);
      }
    }
    EXPECT_TRUE(ks_domain_stopped(kernel));
    EXPECT_TRUE(freed.empty()) << "the kernel has it still";
    if (!during) break;
    ks_domain_close(kernel);
    ks_domain_withdraw(driver);
    driver = ks_domain_offer(&driver_interface);
    kernel = ks_domain_open(&kernel_interface);
  }
}

TEST_F(Frees, hostile_driver_cannot_free_a_gift_that_the_kernel_is_giving_back) {
  int object = 0;
  void* shadow = nullptr;
  ks_ref ref = share(kernel, driver, &object, &shadow);
  EXPECT_TRUE(give(ref, word_of(&object)));
  EXPECT_TRUE(ks_ref_ending(kernel, ref));
  EXPECT_TRUE(ks_shadow_freed(shadow));
  {
    Message message(driver);
    EXPECT_EQ(ks_call(driver, 0, message), -EIO);
  }
  ks_ref_drop(kernel, ref);
  EXPECT_TRUE(ks_domain_stopped(kernel));
  EXPECT_TRUE(freed.empty());
}

TEST_F(Frees, what_was_given_back_is_not_freed_when_it_is_sent_again_at_once) {
  std::array<char, 24> object{};
  void* shadow = nullptr;
  {
    Message out(driver), in(kernel);
    const ks_place place = ks_object_place(driver, out, object.data(), type_packet);
    shadow = ks_object_shadow(kernel, in, place, type_packet, 0);
    ks_ref_drop(kernel, place.ref); // the driver has not heard of it when it sends it again
    EXPECT_NE(ks_object_shadow(kernel, in, place, type_packet, 0), shadow);
  }
  for (int i = 0; i < 4; ++i) Message message(kernel);
  EXPECT_EQ(statistics().retired, 1u);
  static_cast<char*>(shadow)[23] = 1; // the kernel has it still
  kernel_frees(shadow, 24);
  EXPECT_EQ(statistics().retired, 0u);
}

TEST_F(Frees, part_of_an_object_is_no_gift) {
  std::array<char, 24> object{};
  void* shadow = nullptr;
  ks_ref ref = share(kernel, driver, object.data(), &shadow);
  EXPECT_TRUE(give(ref, word_of(object.data() + 8)));
  EXPECT_TRUE(ks_shadow_freed(shadow));
  Message message(driver);
  EXPECT_EQ(ks_call(driver, 0, message), -EIO);
  EXPECT_TRUE(ks_domain_stopped(kernel));
  EXPECT_TRUE(freed.empty()) << "an address in the middle of an allocation";
}

TEST_F(Frees, gift_that_the_driver_keeps_is_not_undone) {
  int object = 0;
  void* shadow = nullptr;
  EXPECT_TRUE(give(share(kernel, driver, &object, &shadow), word_of(&object)));
  ks_domain_close(kernel);
  kernel = nullptr;
  EXPECT_TRUE(freed.empty());
}

TEST_F(Frees, drivers_own_object_is_no_gift) {
  int object = 0;
  void* shadow = nullptr;
  ks_ref ref = share(driver, kernel, &object, &shadow);
  EXPECT_TRUE(give(ref, word_of(&object)));
  ks_ref_drop(driver, ref);
  cross(driver);
  EXPECT_TRUE(freed.empty());
}

TEST_F(Frees, hostile_driver_that_frees_what_it_was_not_given_is_stopped) {
  int object = 0;
  void* shadow = nullptr;
  ks_ref ref = share(kernel, driver, &object, &shadow);
  EXPECT_TRUE(ks_shadow_freed(shadow));
  Message message(driver);
  EXPECT_EQ(ks_call(driver, 0, message), -EIO);
  EXPECT_TRUE(ks_domain_stopped(kernel));
  EXPECT_TRUE(ks_ref_known(kernel, ref));
  EXPECT_TRUE(freed.empty());
}

TEST_F(Frees, object_at_risk_stays_if_it_is_there) {
  int object = 0;
  void* shadow = nullptr;
  ks_ref ref = share(kernel, driver, &object, &shadow);
  ks_ref_at_risk(kernel, ref);
  ks_ref_after_risk(kernel, ref, true);
  EXPECT_TRUE(ks_ref_known(kernel, ref));
  ks_ref_at_risk(kernel, ref);
  ks_memory_freed(&object, sizeof object);
  ks_ref_after_risk(kernel, ref, true);
  EXPECT_FALSE(ks_ref_known(kernel, ref));
}

TEST_F(Frees, object_at_risk_goes_where_the_kernel_does_not_say_what_it_frees) {
  int object = 0;
  void* shadow = nullptr;
  ks_user_sees_frees(false);
  ks_ref ref = share(kernel, driver, &object, &shadow);
  ks_ref_at_risk(kernel, ref);
  ks_ref_after_risk(kernel, ref, true);
  EXPECT_FALSE(ks_ref_known(kernel, ref));
}

TEST_F(Frees, object_at_risk_stays_where_the_call_says_that_it_was_not_freed) {
  int object = 0;
  void* shadow = nullptr;
  ks_user_sees_frees(false);
  ks_ref ref = share(kernel, driver, &object, &shadow);
  ks_ref_at_risk(kernel, ref);
  ks_ref_after_risk(kernel, ref, false);
  EXPECT_TRUE(ks_ref_known(kernel, ref));
  // Other threads find it by its address again.
  std::thread([&] {
    Message message(kernel);
    EXPECT_EQ(ks_object_place(kernel, message, &object, type_packet).ref, ref);
  }).join();
  ks_ref_at_risk(kernel, ref);
  ks_ref_after_risk(kernel, ref, true);
  EXPECT_FALSE(ks_ref_known(kernel, ref));
}

} // namespace
} // namespace ks
