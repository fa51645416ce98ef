// SPDX-License-Identifier: MIT
// For tests: ports of both ends in one process, a dispatcher in a thread, and calls of one number.
#pragma once

#include "ks-rt/channel/pair.hpp"
#include "ks-rt/transport/port.h"

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <thread>

namespace ks {

using Wait = struct ks_wait; // which is a function, too

inline constexpr ks_channel_shape port_shape{8, 1, 0, 0, true};

// Answers a number with a number; negative ones are errors.
using Serve = std::function<ks_u64(ks_port*, ks_u64, ks_u16 level)>;

class Server : public ks_server {
public:
  explicit Server(Serve answer) : ks_server{serve, refuse, this}, answer_(std::move(answer)) {}
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  std::atomic<int> refused{0};

private:
  static void serve(void* context, ks_port* port, ks_payload* payload) {
    payload->data[0] = static_cast<Server*>(context)->answer_(port, payload->data[0], payload->tag);
    payload->size = 8;
    payload->tag = 0;
  }
  static void refuse(void* context, ks_port*, ks_payload* payload) {
    static_cast<Server*>(context)->refused++;
    payload->data[0] = static_cast<ks_u64>(-ENOMEM);
    payload->size = 8;
    payload->tag = 0;
  }
  Serve answer_;
};

// One call; its result or its error.
inline long number_call(ks_port* port, ks_u64 number, const Wait& how = yield_only,
                        ks_u16 level = 0) {
  ks_u64 words[KS_LINE_WORDS] = {number};
  ks_payload payload{words, KS_LINE_BYTES, 8, level};
  int error = ks_port_call(port, &payload, &how);
  return error ? error : static_cast<long>(words[0]);
}

// Channels whose ends 1 are a hub's, with one bell.
class Ports {
public:
  explicit Ports(ks_u32 count, ks_channel_shape shape = port_shape) : mine(count), theirs(count) {
    for (ks_u32 i = 0; i < count; i++) {
      channels_.push_back(std::make_unique<ChannelPair>(shape));
      for (int end = 0; end < 2; end++) {
        ks_port& port = end ? theirs[i] : mine[i];
        EXPECT_EQ(ks_channel_init(&port.channel, channels_[i]->memory(), &shape, end), 0);
        (end ? port.channel.my_bell : port.channel.their_bell) = &bell_;
      }
    }
  }
  ks_channel& raw(ks_u32 i = 0) { return theirs[i].channel; }
  ks_u8* memory(ks_u32 i = 0) { return static_cast<ks_u8*>(channels_[i]->memory()); }
  std::deque<ks_port>::size_type count() const { return mine.size(); }

  std::vector<ks_port> mine, theirs;

private:
  std::vector<std::unique_ptr<ChannelPair>> channels_;
  alignas(128) ks_u32 bell_ = 0;
};

// A dispatcher in a thread of its own, for ends 1.
class Dispatcher {
public:
  Dispatcher(Ports& ports, ks_server& server, const Wait& wait = spin_then_sleep, ks_u32 stacks = 0)
      : wait_(wait) {
    for (ks_port& port : ports.theirs) ks_port_init(&port, &server);
    ks_hub_init(&hub, ports.theirs.data(), static_cast<ks_u32>(ports.theirs.size()), &wait_);
    thread_ = std::thread([this, stacks] {
      ks_async_options options{};
      options.stacks_max = stacks;
      EXPECT_EQ(ks_async_begin(&options), 0);
      error = ks_hub_run(&hub);
      EXPECT_EQ(ks_async_end(), 0);
    });
  }
  ~Dispatcher() { end(); }
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  void end(int reason = -EPIPE) {
    ks_hub_stop(&hub, reason);
    join();
  }
  void join() {
    if (thread_.joinable()) thread_.join();
  }

  ks_hub hub;
  int error = 0;

private:
  Wait wait_;
  std::thread thread_;
};

// Asynchronous threads that call on ends 0, in the calling thread: body() starts them.
class Threads {
public:
  Threads(Ports& ports, ks_server& server) {
    for (ks_port& port : ports.mine) ks_port_init(&port, &server);
    ks_hub_init(&hub_, ports.mine.data(), static_cast<ks_u32>(ports.mine.size()), &yield_only);
    EXPECT_EQ(ks_async_begin(nullptr), 0);
  }
  ~Threads() { EXPECT_EQ(ks_async_end(), 0); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  static void start(std::function<void()> body) {
    auto* copy = new std::function<void()>(std::move(body));
    EXPECT_EQ(ks_async_call(
                  [](void* argument) {
                    std::unique_ptr<std::function<void()>> mine(
                        static_cast<std::function<void()>*>(argument));
                    (*mine)();
                  },
                  copy),
              0);
  }
  // Returns when all that body() has started has ended, and the hub too, with why it ended.
  int run(const std::function<void()>& body) {
    int result = 0;
    ks_finish outer, inner;
    ks_finish(&outer) {
      start([&] { result = ks_hub_run(&hub_); });
      ks_finish(&inner) body();
      ks_hub_stop(&hub_, -ESHUTDOWN);
    }
    return result;
  }
  ks_hub& hub() { return hub_; }

private:
  ks_hub hub_;
};

} // namespace ks
