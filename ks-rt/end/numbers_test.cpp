// SPDX-License-Identifier: MIT
#include "ks-rt/end/pair.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace ks {
namespace {

const void* sent(ks_end* end, const void* number, int* error = nullptr) {
  Message message(end);
  const void* result = ks_number_sent(end, message, number);
  if (error != nullptr) *error = message->error;
  return result;
}

// What the kernel's code has of what the driver sends.
const void* at_the_kernel(const Pair& pair, const void* number) {
  return ks_number_got(pair.kernel, sent(pair.driver, number));
}

const void* at_the_driver(const Pair& pair, const void* number) {
  return ks_number_got(pair.driver, sent(pair.kernel, number));
}

const void* number_of(size_t value) { return reinterpret_cast<const void*>(value); }

TEST(Numbers, address_that_the_driver_chooses_is_none_for_the_kernel) {
  const Pair pair;
  const std::array<char, 48> memory{};
  const void* first = at_the_kernel(pair, &memory[1]);
  const void* second = at_the_kernel(pair, &memory[2]);
  for (const void* number : {first, second}) {
    // Bits 63 to 47 of an address are alike.
    const auto top = static_cast<std::ptrdiff_t>(reinterpret_cast<size_t>(number)) >> 47;
    EXPECT_TRUE(top != 0 && top != -1) << number;
  }
  EXPECT_NE(first, second) << "they are told apart";
  EXPECT_EQ(at_the_kernel(pair, &memory[1]), first) << "and known again";
  EXPECT_EQ(at_the_driver(pair, first), &memory[1]) << "the driver has its own back";
  EXPECT_EQ(at_the_driver(pair, second), &memory[2]);
}

TEST(Numbers, address_that_the_kernel_gives_comes_back_as_it_is) {
  const Pair pair;
  const std::array<char, 48> memory{};
  EXPECT_FALSE(ks_number_is_kernels(pair.kernel, &memory[1]));
  const void* given = at_the_driver(pair, &memory[1]);
  EXPECT_EQ(given, &memory[1]);
  EXPECT_EQ(at_the_kernel(pair, given), &memory[1]);
  EXPECT_TRUE(ks_number_is_kernels(pair.kernel, &memory[1]));
  EXPECT_TRUE(ks_number_is_kernels(pair.driver, &memory[1]));
  EXPECT_FALSE(ks_number_is_kernels(pair.kernel, &memory[2]));
}

TEST(Numbers, what_a_page_holds_is_given_with_its_number) {
  const Pair pair;
  const std::array<char, 48> memory{}, other{};
  const char page = 0;
  ks_user_page(&page, memory.data(), memory.size());
  EXPECT_NE(at_the_kernel(pair, &memory[1]), &memory[1]);
  EXPECT_FALSE(ks_number_is_kernels(pair.kernel, &memory[1]));
  at_the_driver(pair, &page);
  EXPECT_EQ(at_the_kernel(pair, &memory[47]), &memory[47]);
  EXPECT_TRUE(ks_number_is_kernels(pair.kernel, &memory[1]));
  EXPECT_NE(at_the_kernel(pair, &other[1]), &other[1]);
  ks_user_page(nullptr, nullptr, 0);
}

// The kernel's end sends it unveiled: that is no giving.
TEST(Numbers, address_of_the_drivers_that_comes_back_is_not_given) {
  const Pair pair;
  const std::array<char, 48> memory{};
  const void* veiled = at_the_kernel(pair, &memory[1]);
  at_the_driver(pair, veiled);
  EXPECT_EQ(at_the_kernel(pair, &memory[1]), veiled);
  EXPECT_FALSE(ks_number_is_kernels(pair.kernel, &memory[1]));
  // A hostile domain sends what is veiled already.
  EXPECT_EQ(ks_number_got(pair.kernel, veiled), veiled);
  at_the_driver(pair, veiled);
  EXPECT_EQ(at_the_kernel(pair, &memory[1]), veiled);
}

// Or the driver could have memory lent by its address.
TEST(Numbers, what_has_crossed_as_a_number_is_known) {
  const Pair pair;
  const std::array<char, 48> memory{};
  EXPECT_FALSE(ks_number_has_crossed(pair.kernel, &memory[1]));
  at_the_driver(pair, &memory[1]);
  EXPECT_TRUE(ks_number_has_crossed(pair.kernel, &memory[1]));
  EXPECT_TRUE(ks_number_has_crossed(pair.kernel, at_the_kernel(pair, &memory[2])));
  EXPECT_FALSE(ks_number_has_crossed(pair.kernel, &memory[2]));
}

TEST(Numbers, what_nobody_follows_is_itself) {
  const Pair pair;
  for (const size_t value : {size_t{0}, size_t{1}, size_t{4095}, ~size_t{0}, ~size_t{0} - 4094,
                             size_t{0xa5} << 56, size_t{1} << 62}) {
    EXPECT_EQ(at_the_kernel(pair, number_of(value)), number_of(value));
    EXPECT_EQ(at_the_driver(pair, number_of(value)), number_of(value));
  }
}

TEST(Numbers, all_that_the_kernel_has_given_are_remembered) {
  const Pair pair;
  for (size_t i = 0; i < 100'000; i++) sent(pair.kernel, number_of((1u << 20) + 8 * i));
  for (size_t i = 0; i < 100'000; i++) {
    ASSERT_TRUE(ks_number_is_kernels(pair.kernel, number_of((1u << 20) + 8 * i)));
    ASSERT_FALSE(ks_number_is_kernels(pair.kernel, number_of((1u << 20) + 8 * i + 4)));
  }
}

// It would not know it again.
TEST(Numbers, no_address_is_given_that_there_is_no_room_for) {
  const Pair pair;
  int error = 0;
  size_t given = 0;
  while (error == 0 && given < 2'000'000)
    sent(pair.kernel, number_of((1u << 20) + 8 * given++), &error);
  EXPECT_EQ(error, -ENOMEM);
  EXPECT_GT(given, 500'000u);
  sent(pair.kernel, number_of(1u << 20), &error);
  EXPECT_EQ(error, 0) << "what has been given can be given again";
}

TEST(Numbers, where_memory_of_the_driver_lies_now_is_no_number_of_the_kernels) {
  const Pair pair;
  std::array<char, 48> memory{};
  at_the_driver(pair, &memory[16]);
  EXPECT_TRUE(ks_number_is_kernels(pair.driver, &memory[16]));
  ks_block_add(memory.data(), memory.size());
  EXPECT_FALSE(ks_number_is_kernels(pair.driver, &memory[16]));
  ks_block_remove(memory.data());
}

}  // namespace
}  // namespace ks
