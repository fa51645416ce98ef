// SPDX-License-Identifier: MIT
// What channels cost: the synchronous call, calls in flight, and what needs no answer.
#include "ks-rt/bench/processes.hpp"
#include "ks-rt/channel/channel.h"

namespace ks::bench {
namespace {

constexpr ks_wait spinning{~0u, 0, false, 0, 0, nullptr, nullptr};
constexpr ks_wait both{2000, 0, true, 0, 0, nullptr, nullptr};
constexpr ks_wait sleeping{0, 0, true, 0, 0, nullptr, nullptr};

constexpr ks_channel_shape one_slot{1, 1, 0, 0, false}, one_slot_sleeps{1, 1, 0, 0, true};
constexpr ks_channel_shape window_shape{64, 1, 0, 0, false}, ring_shape{1, 1024, 0, 0, false};

// Both ends of a channel.
class Pair {
public:
  explicit Pair(const ks_channel_shape& shape) : memory_(ks_channel_size(&shape)) {
    for (int end = 0; end < 2; end++)
      require(!ks_channel_init(&ends[end], memory_.data(), &shape, end), "set-up");
  }

  alignas(64) ks_channel ends[2];

private:
  SharedMemory memory_;
};

// A payload of up to a line.
struct Payload : ks_payload {
  alignas(64) u64 words[7]{};
  explicit Payload(ks_u32 bytes) : ks_payload{words, sizeof words, bytes, 0} {}
  Payload(const Payload&) = delete;
  Payload& operator=(const Payload&) = delete;
};

void ask(Payload& payload, u64 number) {
  for (u64 i = 0; i < 6; i++) payload.words[i] = number + i;
  payload.size = 48;
}

void answer(Payload& payload) {
  u64 sum = 0;
  for (int i = 0; i < 6; i++) sum += payload.words[i];
  payload.words[0] = sum;
  payload.size = 8;
}

void verify_reply(const Payload& payload, u64 number) {
  require(payload.words[0] == 6 * number + 15, "a channel's reply");
}

// ---- the synchronous call ----

struct Serve {
  ks_channel* channel;
  Payload* request;
  static int poll(void* context, bool) {
    auto* serve = static_cast<Serve*>(context);
    return ks_channel_serve(serve->channel, serve->request);
  }
};

void serve_calls(ks_channel& channel, const ks_wait& how, u64 count) {
  Payload payload(0);
  Serve serve{&channel, &payload};
  for (u64 i = 0; i < count; i++) {
    if (ks_channel_wait(&channel, &how, Serve::poll, &serve)) return;
    answer(payload);
    ks_channel_answer(&channel, &payload);
    ks_channel_flush(&channel);
  }
}

void make_calls(ks_channel& channel, const ks_wait& how, Windows& times) {
  Payload request(48), reply(0);
  times.start();
  for (u64 i = 0; i < times.operations();) {
    ask(request, i);
    require(!ks_channel_call(&channel, &request, &reply, &how), "a channel's call");
    verify_reply(reply, i);
    times.done(++i);
  }
}

template <const ks_channel_shape& shape>
Values call_times(std::size_t windows) {
  Pair pair(shape);
  Windows times(calls_each, windows);
  Peer server([&] { serve_calls(pair.ends[1], spinning, times.operations()); });
  make_calls(pair.ends[0], spinning, times);
  return times.times();
}

// Between processes; the peer ends when it is killed.
template <const ks_wait& how, u64 each>
Values process_call_times(std::size_t windows) {
  Pair pair(how.sleeps ? one_slot_sleeps : one_slot);
  Process server([&] { serve_calls(pair.ends[1], how, ~0ull); });
  Windows times(each, windows);
  make_calls(pair.ends[0], how, times);
  return times.times();
}

template <const ks_channel_shape& shape>
void call_by_turns(u64 runs) {
  Pair pair(shape);
  Payload payload(0);
  for (u64 i = 0; i < runs; i++) {
    ask(payload, i);
    require(!ks_mailbox_post(&pair.ends[0].call, &payload), "a request");
    ks_channel_flush(&pair.ends[0]);
    require(!ks_channel_serve(&pair.ends[1], &payload), "a request's arrival");
    answer(payload);
    ks_channel_answer(&pair.ends[1], &payload);
    ks_channel_flush(&pair.ends[1]);
    require(!ks_channel_await(&pair.ends[0], &payload, &spinning), "a reply's arrival");
    verify_reply(payload, i);
  }
}

// ---- calls in flight ----

// Inlined, as those of the queues are.
__attribute__((always_inline)) inline void serve_one(ks_channel& channel, Payload& payload) {
  int slot;
  while ((slot = ks_channel_take(&channel, &payload, false)) == -EAGAIN) ks_cpu_relax();
  require(slot >= 0, "a window's request");
  answer(payload);
  ks_channel_reply(&channel, static_cast<ks_u32>(slot), &payload);
}

// By slot, the number of the call in it.
using Numbers = u64[KS_WINDOW_MAX];

__attribute__((always_inline)) inline void post_one(ks_channel& channel, Payload& payload,
                                                    Numbers& numbers, u64 number) {
  ask(payload, number);
  numbers[ks_channel_post(&channel, &payload)] = number;
}

__attribute__((always_inline)) inline void collect_one(ks_channel& channel, Payload& payload,
                                                       const Numbers& numbers) {
  int slot;
  while ((slot = ks_channel_collect_any(&channel, &payload, false)) == -EAGAIN) ks_cpu_relax();
  require(slot >= 0, "a window's reply");
  verify_reply(payload, numbers[slot]);
}

template <unsigned depth>
Values call_rate(std::size_t windows) {
  Pair pair(window_shape);
  Windows times(calls_each, windows);
  u64 count = times.operations();
  Peer server([&] {
    Payload payload(0);
    for (u64 i = 0; i < count; i++) serve_one(pair.ends[1], payload);
  });
  Payload payload(0);
  Numbers numbers;
  times.start();
  for (u64 sent = 0, received = 0; received < count;) {
    if (depth - (sent - received) >= refill(depth))
      for (; sent < count && sent - received < depth; sent++)
        post_one(pair.ends[0], payload, numbers, sent);
    collect_one(pair.ends[0], payload, numbers);
    times.done(++received);
  }
  return times.rates();
}

template <unsigned depth>
void calls_by_turns(u64 runs) {
  Pair pair(window_shape);
  Payload payload(0);
  Numbers numbers;
  for (u64 run = 0; run < runs; run++) {
    for (u64 i = 0; i < depth; i++) post_one(pair.ends[0], payload, numbers, run + i);
    for (u64 i = 0; i < depth; i++) serve_one(pair.ends[1], payload);
    for (u64 i = 0; i < depth; i++) collect_one(pair.ends[0], payload, numbers);
  }
}

// ---- one way ----

void send_one(ks_channel& channel, Payload& payload, u64 number) {
  payload.words[0] = number;
  payload.words[6] = ~number;
  while (ks_channel_push(&channel, &payload)) ks_cpu_relax();
}

void receive_one(ks_channel& channel, Payload& payload, u64 number) {
  while (ks_channel_pop(&channel, &payload)) ks_cpu_relax();
  require(payload.words[0] == number && payload.words[6] == ~number, "a ring's message");
}

Values message_rate(std::size_t windows) {
  Pair pair(ring_shape);
  Windows times(messages_each, windows);
  u64 count = times.operations();
  Peer producer([&] {
    Payload payload(56);
    for (u64 i = 0; i < count; i++) send_one(pair.ends[1], payload, i);
  });
  Payload payload(0);
  times.start();
  for (u64 i = 0; i < count;) {
    receive_one(pair.ends[0], payload, i);
    times.done(++i);
  }
  return times.rates();
}

void send_by_turns(u64 runs) {
  Pair pair(ring_shape);
  Payload sent(56), received(0);
  for (u64 i = 0; i < runs; i++) {
    send_one(pair.ends[1], sent, i);
    receive_one(pair.ends[0], received, i);
  }
}

template <unsigned index>
Case calls_case() {
  constexpr unsigned depth = depths[index];
  return {calls[index], "ks_channel_post", calls_by_turns<depth>, depth, rate, call_rate<depth>};
}

} // namespace

std::vector<Case> channel_cases() {
  return {
      {round_trip, "ks_channel_call", call_by_turns<one_slot>, 1, nanoseconds,
       call_times<one_slot>},
      {round_trip, "ks_channel_call, may sleep", call_by_turns<one_slot_sleeps>, 1, nanoseconds,
       call_times<one_slot_sleeps>},
      calls_case<0>(),
      calls_case<1>(),
      calls_case<2>(),
      calls_case<3>(),
      {messages, "ks_channel_push", send_by_turns, 1, rate, message_rate},
  };
}

std::vector<Case> own_process_cases() {
  return {
      {process_trip, "ks_channel_call, spins", nullptr, 1, nanoseconds,
       process_call_times<spinning, calls_each>},
      {process_trip, "ks_channel_call, then sleeps", nullptr, 1, nanoseconds,
       process_call_times<both, calls_each>},
      {process_trip, "ks_channel_call, sleeps", nullptr, 1, nanoseconds,
       process_call_times<sleeping, sleeps_each>},
  };
}

} // namespace ks::bench
