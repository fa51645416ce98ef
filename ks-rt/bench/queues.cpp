// SPDX-License-Identifier: MIT
// Two threads over others' queues: calls by two queues, and messages by one. And the least that two
// processors can say to each other: one word of one line.
#include "ks-rt/bench/contenders.hpp"

#include <memory>

namespace ks::bench {
namespace {

void ask(Message& message, u64 number) {
  for (u64 i = 0; i < 6; i++) message.words[i] = number + i;
}

void answer(Message& message) {
  u64 sum = 0;
  for (int i = 0; i < 6; i++) sum += message.words[i];
  message.words[0] = sum;
}

void verify_reply(const Message& message, u64 number) {
  require(message.words[0] == 6 * number + 15, "a queue's reply");
}

template <class Queue>
void push(Queue& queue, const Message& message) {
  while (!queue.push(message)) _mm_pause();
}

template <class Queue>
void pop(Queue& queue, Message& message) {
  while (!queue.pop(message)) _mm_pause();
}

template <class Queue>
void serve(Queue& requests, Queue& replies) {
  Message message{};
  pop(requests, message);
  answer(message);
  push(replies, message);
}

// Calls with `depth` of them in flight.
template <class Queue, unsigned depth>
Windows make_calls(std::size_t windows) {
  auto requests = std::make_unique<Queue>();
  auto replies = std::make_unique<Queue>();
  Windows times(calls_each, windows);
  u64 count = times.operations();
  Peer server([&] {
    for (u64 i = 0; i < count; i++) serve(*requests, *replies);
  });
  Message message{};
  times.start();
  for (u64 sent = 0, received = 0; received < count;) {
    if (depth - (sent - received) >= refill(depth))
      for (; sent < count && sent - received < depth; sent++) {
        ask(message, sent);
        push(*requests, message);
      }
    pop(*replies, message);
    verify_reply(message, received);
    times.done(++received);
  }
  return times;
}

template <class Queue, unsigned depth>
void call_by_turns(u64 runs) {
  auto requests = std::make_unique<Queue>();
  auto replies = std::make_unique<Queue>();
  Message message{};
  for (u64 run = 0; run < runs; run++) {
    for (u64 i = 0; i < depth; i++) {
      ask(message, run + i);
      push(*requests, message);
    }
    for (u64 i = 0; i < depth; i++) serve(*requests, *replies);
    for (u64 i = 0; i < depth; i++) {
      pop(*replies, message);
      verify_reply(message, run + i);
    }
  }
}

template <class Queue>
void send_one(Queue& queue, u64 number) {
  Message message{};
  message.words[0] = number;
  message.words[6] = ~number;
  push(queue, message);
}

template <class Queue>
void receive_one(Queue& queue, u64 number) {
  Message message{};
  pop(queue, message);
  require(message.words[0] == number && message.words[6] == ~number, "a queue's message");
}

template <class Queue>
Values send_messages(std::size_t windows) {
  auto queue = std::make_unique<Queue>();
  Windows times(messages_each, windows);
  u64 count = times.operations();
  Peer producer([&] {
    for (u64 i = 0; i < count; i++) send_one(*queue, i);
  });
  times.start();
  for (u64 i = 0; i < count;) {
    receive_one(*queue, i);
    times.done(++i);
  }
  return times.rates();
}

template <class Queue>
void send_by_turns(u64 runs) {
  auto queue = std::make_unique<Queue>();
  for (u64 i = 0; i < runs; i++) {
    send_one(*queue, i);
    receive_one(*queue, i);
  }
}

struct alignas(128) Line {
  u64 word = 0;
};

void line_pass(Line& line, u64 value) { __atomic_store_n(&line.word, value, __ATOMIC_RELEASE); }

void line_await(const Line& line, u64 value) {
  while (__atomic_load_n(&line.word, __ATOMIC_ACQUIRE) != value) _mm_pause();
}

Values ping_pong(std::size_t windows) {
  Line line;
  Windows times(calls_each, windows);
  u64 count = times.operations();
  Peer server([&] {
    for (u64 i = 0; i < count; i++) {
      line_await(line, 2 * i + 1);
      line_pass(line, 2 * i + 2);
    }
  });
  times.start();
  for (u64 i = 0; i < count;) {
    line_pass(line, 2 * i + 1);
    line_await(line, 2 * i + 2);
    times.done(++i);
  }
  return times.times();
}

void ping_pong_by_turns(u64 runs) {
  Line line;
  for (u64 i = 0; i < runs; i++) {
    line_pass(line, 2 * i + 1);
    line_await(line, 2 * i + 1);
    line_pass(line, 2 * i + 2);
    line_await(line, 2 * i + 2);
  }
}

template <class Queue>
Values round_trips(std::size_t windows) {
  return make_calls<Queue, 1>(windows).times();
}

template <class Queue, unsigned depth>
Values call_rate(std::size_t windows) {
  return make_calls<Queue, depth>(windows).rates();
}

template <unsigned index>
void add_calls(std::vector<Case>& cases, const char* const (&subjects)[3]) {
  constexpr unsigned depth = depths[index];
  cases.push_back({calls[index], subjects[0], call_by_turns<StatusRing<64>, depth>, depth, rate,
                   call_rate<StatusRing<64>, depth>});
  cases.push_back({calls[index], subjects[1], call_by_turns<BoostQueue, depth>, depth, rate,
                   call_rate<BoostQueue, depth>});
  cases.push_back({calls[index], subjects[2], call_by_turns<MoodycamelQueue, depth>, depth, rate,
                   call_rate<MoodycamelQueue, depth>});
}

constexpr const char* one[] = {"status ring", "boost spsc_queue", "moodycamel queue"};
constexpr const char* two[] = {"two status rings", "two boost spsc_queues",
                               "two moodycamel queues"};

} // namespace

std::vector<Case> line_cases() {
  return {{round_trip, "one line, bare", ping_pong_by_turns, 1, nanoseconds, ping_pong}};
}

std::vector<Case> queue_cases() {
  std::vector<Case> cases = {
      {round_trip, two[0], call_by_turns<StatusRing<64>, 1>, 1, nanoseconds,
       round_trips<StatusRing<64>>},
      {round_trip, two[1], call_by_turns<BoostQueue, 1>, 1, nanoseconds, round_trips<BoostQueue>},
      {round_trip, two[2], call_by_turns<MoodycamelQueue, 1>, 1, nanoseconds,
       round_trips<MoodycamelQueue>},
      {messages, one[0], send_by_turns<StatusRing<1024>>, 1, rate, send_messages<StatusRing<1024>>},
      {messages, one[1], send_by_turns<BoostQueue>, 1, rate, send_messages<BoostQueue>},
      {messages, one[2], send_by_turns<MoodycamelQueue>, 1, rate, send_messages<MoodycamelQueue>},
  };
  add_calls<0>(cases, two);
  add_calls<1>(cases, two);
  add_calls<2>(cases, two);
  add_calls<3>(cases, two);
  return cases;
}

} // namespace ks::bench
