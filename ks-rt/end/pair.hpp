// SPDX-License-Identifier: MIT
// For tests: both ends of a domain in one process, and crossings answered by lambdas.

#pragma once

#include "ks-rt/rt.h"
#include "ks-rt/end/statistics.h"
#ifdef KS_PAIR_XCORE // the same tests, over another transport
#include "ks-rt/transport/xcore_user.h"
#endif

#include <array>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <utility>
#include <vector>

namespace ks {

inline constexpr ks_u16 type_device = 0, type_packet = 1, type_opaque = 2, type_count = 3;
inline constexpr ks_u32 crossing_count = 4;
inline constexpr std::array<ks_type, type_count> pair_types{
    {{"struct device", 64}, {"struct packet", 24}, {"struct opaque", 0}}};

// Objects as wholes, as most tests have them.
inline ks_place whole(ks_ref ref) {
  const ks_u64 type = (ref >> 48 & 0x7fff) - 1;
  return {ref, 0, ref && type < type_count ? pair_types[type].size : 0};
}
inline ks_ref ref_of(ks_end* end, ks_message* message, const void* object, ks_u16 type) {
  return ks_object_place(end, message, object, type).ref;
}

using Answer = std::function<int(ks_end*, ks_message*)>;

// A number of each crossing's answer at each end; an unset one answers 0 with an empty reply.
struct Answers {
  std::array<Answer, crossing_count> kernel, driver;
};

inline Answers* answers = nullptr; // of the one Pair that lives

inline int answer(const std::array<Answer, crossing_count>& table, ks_end* end, ks_u32 crossing,
                  ks_message* message) {
  if (table[crossing]) return table[crossing](end, message);
  ks_message_reset(message);
  return 0;
}

inline int answer_kernel(ks_end* end, ks_u32 crossing, ks_message* message) {
  return answer(answers->kernel, end, crossing, message);
}

inline int answer_driver(ks_end* end, ks_u32 crossing, ks_message* message) {
  return answer(answers->driver, end, crossing, message);
}

inline void function_a() {}
inline void function_b() {}
inline void stub_a() { FAIL(); }
inline void stub_b() { FAIL(); }

inline void function_without_number() {}
inline void other_function_without_number() {}

// Stubs that are only told apart.
template <int operation, int handle>
void stub_of_handle() {
  FAIL() << operation << handle;
}
template <int operation, int... handles>
constexpr std::array<void (*)(), KS_OPERATION_FUNCTIONS>
stubs_of(std::integer_sequence<int, handles...>) {
  return {stub_of_handle<operation, handles>...};
}
template <int operation>
inline constexpr auto pair_stubs =
    stubs_of<operation>(std::make_integer_sequence<int, KS_OPERATION_FUNCTIONS>());
inline constexpr std::array<ks_operation, 2> pair_operations{
    {{"first", pair_stubs<0>.data()}, {"second", pair_stubs<1>.data()}}};

// A device has two packets in it.
inline constexpr std::array<ks_part, 1> pair_parts{{{type_device, type_packet, 8, 24, 2}}};

struct Pair {
  Answers table;
  std::array<char, 64> kernel_global{}, driver_global{};
  std::array<ks_function, 2> kernel_functions{{{"a", function_a}, {"b", function_b}}};
  std::array<ks_function, 2> driver_functions{{{"a", stub_a}, {"b", stub_b}}};
  std::array<ks_global, 1> kernel_globals{{{"global", kernel_global.data(), type_device}}};
  std::array<ks_global, 1> driver_globals{{{"global", driver_global.data(), type_device}}};
  ks_interface kernel_interface{}, driver_interface{};
  ks_end* driver = nullptr;
  ks_end* kernel = nullptr;

  // Without a name the two ends are left to be opened.
  explicit Pair(const char* name = "pair") {
    answers = &table;
    kernel_interface = {name,
                        1,
                        false,
                        pair_types.data(),
                        type_count,
                        kernel_functions.data(),
                        2,
                        kernel_globals.data(),
                        1,
                        nullptr,
                        crossing_count,
                        answer_kernel};
    driver_interface = {name,
                        1,
                        true,
                        pair_types.data(),
                        type_count,
                        driver_functions.data(),
                        2,
                        driver_globals.data(),
                        1,
                        nullptr,
                        crossing_count,
                        answer_driver};
    kernel_interface.parts = driver_interface.parts = pair_parts.data();
    kernel_interface.part_count = driver_interface.part_count = pair_parts.size();
    kernel_interface.operations = driver_interface.operations = pair_operations.data();
    kernel_interface.operation_count = driver_interface.operation_count = pair_operations.size();
    if (name) open();
  }

  ~Pair() {
    if (kernel && !IS_ERR(kernel)) close_kernel();
    if (driver && !IS_ERR(driver)) close_driver();
    answers = nullptr;
  }

#ifdef KS_PAIR_XCORE
  struct alignas(4096) Page {
    char bytes[4096];
  };
  std::vector<Page> memory{(ks_xcore_size() + 4095) / 4096};

  void open() {
    const ks_xcore_options options{-1,
                                   {100, 2, true, 60'000'000'000, 0, nullptr, nullptr},
                                   {100, 2, true, 0, 0, nullptr, nullptr}};
    driver = ks_xcore_open(&driver_interface, memory.data(), &options);
    kernel = ks_xcore_open(&kernel_interface, memory.data(), &options);
  }
  void close_kernel() const { ks_xcore_close(kernel); }
  void close_driver() const { ks_xcore_close(driver); }
#else
  void open() {
    driver = ks_domain_offer(&driver_interface);
    kernel = ks_domain_open(&kernel_interface);
  }
  void close_kernel() const { ks_domain_close(kernel); }
  void close_driver() const { ks_domain_withdraw(driver); }
#endif

  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  ks_statistics statistics() const {
    ks_statistics result;
    ks_domain_statistics(kernel, &result);
    return result;
  }

  // An empty crossing: delivers drops.
  void cross(ks_end* from) const;
};

// A message that is put back at the end of its scope.
class Message {
public:
  explicit Message(ks_end* end) : side_(end), message_(ks_message_get(end)) {}
  ~Message() { ks_message_put(side_, message_); }
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;
  operator ks_message*() const { return message_; }
  ks_message* operator->() const { return message_; }

private:
  ks_end* side_;
  ks_message* message_;
};

inline void Pair::cross(ks_end* from) const {
  Message message(from);
  ASSERT_NE(message, nullptr);
  ASSERT_EQ(ks_call(from, crossing_count - 1, message), 0);
}

} // namespace ks
