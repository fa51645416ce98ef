// SPDX-License-Identifier: MIT
// What channels cost, beside others' queues: rows NAME<TAB>VALUE<TAB>UNIT, medians over
// windows. Two threads, or two processes, each alone on its processor; every
// message's contents are verified. The contenders take turns, so that what
// disturbs the machine disturbs all.
#include "ks-rt/bench/contenders.hpp"
#include "ks-rt/bench/processes.hpp"
#include "ks-rt/channel.h"

#include <cstring>
#include <map>
#include <sys/mman.h>

namespace ks::bench {
namespace {

constexpr ks_wait spinning{~0u, 0, false, 0, 0, nullptr, nullptr};

// Both ends of a channel in one process.
class Pair {
public:
  explicit Pair(const ks_channel_shape& shape) : size_(ks_channel_size(&shape)) {
    memory_ = mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (int end = 0; end < 2; end++)
      require(memory_ != MAP_FAILED && !ks_channel_init(&ends[end], memory_, &shape, end), "set-up");
  }
  ~Pair() { munmap(memory_, size_); }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  alignas(64) ks_channel ends[2];

private:
  size_t size_;
  void* memory_;
};

// A parcel of up to a line.
struct Parcel : ks_payload {
  alignas(64) u64 words[7]{};
  explicit Parcel(ks_u32 size) : ks_payload{words, sizeof words, size, 0} {}
  Parcel(const Parcel&) = delete;
  Parcel& operator=(const Parcel&) = delete;
};

void answer(Parcel& parcel) {
  u64 sum = 0;
  for (int i = 0; i < 6; i++)
    sum += parcel.words[i];
  parcel.words[0] = sum;
  parcel.size = 8;
}

void ask(Parcel& parcel, u64 number) {
  for (u64 i = 0; i < 6; i++)
    parcel.words[i] = number + i;
  parcel.size = 48;
}

struct Serve {
  ks_channel* channel;
  Parcel* request;
  static int poll(void* context, bool) {
    auto* serve = static_cast<Serve*>(context);
    return ks_channel_serve(serve->channel, serve->request);
  }
};

void serve_calls(ks_channel& channel, const ks_wait& how, u64 count) {
  Parcel parcel(0);
  Serve serve{&channel, &parcel};
  for (u64 i = 0; i < count; i++) {
    if (ks_channel_wait(&channel, &how, Serve::poll, &serve))
      return;
    answer(parcel);
    ks_channel_answer(&channel, &parcel);
    ks_channel_flush(&channel);
  }
}

double make_calls(ks_channel& channel, const ks_wait& how, u64 each, u64 windows) {
  Parcel request(48), reply(0);
  Windows times(each);
  times.start();
  for (u64 i = 0; i < each * windows;) {
    ask(request, i);
    require(!ks_channel_call(&channel, &request, &reply, &how) && reply.words[0] == 6 * i + 15,
            "a mailbox's reply");
    if (++i % each == 0)
      times.end_of_one();
  }
  return times.median();
}

double mailbox_calls(const ks_channel_shape& shape, u64 each, u64 windows) {
  Pair pair(shape);
  Peer server(0, [&] { serve_calls(pair.ends[1], spinning, each * windows); });
  return make_calls(pair.ends[0], spinning, each, windows);
}

// The least that two processors can say to each other.
double ping_pong(u64 each, u64 windows) {
  struct alignas(128) Line {
    u64 word = 0;
  } line;
  u64 count = each * windows;
  Peer server(0, [&] {
    for (u64 i = 0; i < count; i++) {
      while (__atomic_load_n(&line.word, __ATOMIC_ACQUIRE) != 2 * i + 1)
        _mm_pause();
      __atomic_store_n(&line.word, 2 * i + 2, __ATOMIC_RELEASE);
    }
  });
  Windows times(each);
  times.start();
  for (u64 i = 0; i < count;) {
    __atomic_store_n(&line.word, 2 * i + 1, __ATOMIC_RELEASE);
    while (__atomic_load_n(&line.word, __ATOMIC_ACQUIRE) != 2 * i + 2)
      _mm_pause();
    if (++i % each == 0)
      times.end_of_one();
  }
  return times.median();
}

double window_calls(unsigned window, u64 each, u64 windows) {
  Pair pair({64, 1, 0, 0, false});
  u64 count = each * windows;
  Peer server(0, [&] {
    Parcel parcel(0);
    for (u64 i = 0; i < count; i++) {
      int slot;
      while ((slot = ks_channel_take(&pair.ends[1], &parcel, false)) == -EAGAIN)
        ks_cpu_relax();
      require(slot >= 0, "a window's request");
      answer(parcel);
      ks_channel_reply(&pair.ends[1], slot, &parcel);
    }
  });
  Windows times(each);
  Parcel parcel(0);
  u64 numbers[64];
  times.start();
  for (u64 sent = 0, received = 0; received < count;) {
    if (window - (sent - received) >= refill(window))
      for (; sent < count && sent - received < window; sent++) {
        ask(parcel, sent);
        numbers[ks_channel_post(&pair.ends[0], &parcel)] = sent;
      }
    int slot;
    while ((slot = ks_channel_collect_any(&pair.ends[0], &parcel, false)) == -EAGAIN)
      ks_cpu_relax();
    require(slot >= 0 && parcel.words[0] == 6 * numbers[slot] + 15, "a window's reply");
    if (++received % each == 0)
      times.end_of_one();
  }
  return times.median();
}

double ring_messages(u64 each, u64 windows) {
  Pair pair({1, 1024, 0, 0, false});
  u64 count = each * windows;
  Peer producer(0, [&] {
    Parcel parcel(56);
    for (u64 i = 0; i < count; i++) {
      parcel.words[0] = i;
      parcel.words[6] = ~i;
      while (ks_channel_push(&pair.ends[1], &parcel))
        ks_cpu_relax();
    }
  });
  Windows times(each);
  Parcel parcel(0);
  times.start();
  for (u64 i = 0; i < count;) {
    while (ks_channel_pop(&pair.ends[0], &parcel))
      ks_cpu_relax();
    require(parcel.words[0] == i && parcel.words[6] == ~i, "a ring's message");
    if (++i % each == 0)
      times.end_of_one();
  }
  return times.median();
}

// The mailbox between processes; the peer ends when it is killed.
double process_calls(const ks_wait& how, u64 each, u64 windows) {
  Pair pair({1, 1, 0, 0, how.sleeps});
  Process server([&] { serve_calls(pair.ends[1], how, ~0ull); });
  make_calls(pair.ends[0], how, each, 2);
  return make_calls(pair.ends[0], how, each, windows);
}

// Rows by name, each measured in every round.
class Table {
public:
  void add(const std::string& name, const char* unit, double value) {
    if (values_.find(name) == values_.end())
      order_.push_back({name, unit});
    values_[name].push_back(value);
  }
  double of(const std::string& name) const { return median(values_.at(name)); }
  void print() const {
    for (const auto& [name, unit] : order_)
      row(name, of(name), unit);
  }

private:
  std::vector<std::pair<std::string, const char*>> order_;
  std::map<std::string, std::vector<double>> values_;
};

constexpr unsigned depths[] = {1, 4, 16, 32};

void measure_threads(Table& table, u64 windows) {
  auto rate = [](double nanoseconds) { return 1e3 / nanoseconds; };
  table.add("ping-pong of one line", "ns", ping_pong(500, windows));
  table.add("mailbox call", "ns", mailbox_calls({1, 1, 0, 0, false}, 500, windows));
  table.add("mailbox call, peers may sleep", "ns", mailbox_calls({1, 1, 0, 0, true}, 500, windows));
  table.add("two status rings call", "ns", queue_calls<StatusRing<64>>(1, 500, windows));
  for (unsigned depth : depths) {
    std::string at = " calls, window " + std::to_string(depth);
    table.add("window" + at, "M/s", rate(window_calls(depth, 1000, windows)));
    table.add("status rings" + at, "M/s", rate(queue_calls<StatusRing<64>>(depth, 1000, windows)));
    table.add("boost spsc_queue" + at, "M/s", rate(queue_calls<BoostQueue>(depth, 1000, windows)));
    table.add("moodycamel" + at, "M/s", rate(queue_calls<MoodycamelQueue>(depth, 1000, windows)));
  }
  table.add("ring messages", "M/s", rate(ring_messages(10000, windows)));
  table.add("status ring messages", "M/s", rate(queue_messages<StatusRing<1024>>(10000, windows)));
  table.add("boost spsc_queue messages", "M/s", rate(queue_messages<BoostQueue>(10000, windows)));
  table.add("moodycamel messages", "M/s", rate(queue_messages<MoodycamelQueue>(10000, windows)));
}

void measure_processes(Table& table, u64 windows) {
  constexpr ks_wait sleeping{0, 0, true, 0, 0, nullptr, nullptr};
  constexpr ks_wait both{2000, 0, true, 0, 0, nullptr, nullptr};
  table.add("mailbox call between processes", "ns", process_calls(spinning, 500, windows));
  table.add("mailbox call between processes, spin then sleep", "ns", process_calls(both, 500, windows));
  table.add("mailbox call between processes, sleeping", "ns", process_calls(sleeping, 50, windows));
  table.add("futex round trip between processes", "ns", futex_calls(50, windows));
  table.add("eventfd round trip between processes", "ns", eventfd_calls(50, windows));
  table.add("pipe round trip between processes", "ns", pipe_calls(50, windows));
}

void print_ratios(const Table& table) {
  auto ratio = [&](const char* name, const std::string& of, const std::string& to) {
    row(name, table.of(of) / table.of(to), "ratio");
  };
  ratio("mailbox call / ping-pong", "mailbox call", "ping-pong of one line");
  ratio("two status rings call / mailbox call", "two status rings call", "mailbox call");
  ratio("window / status rings, calls, window 32", "window calls, window 32",
        "status rings calls, window 32");
  ratio("window / boost spsc_queue, calls, window 32", "window calls, window 32",
        "boost spsc_queue calls, window 32");
  ratio("ring / boost spsc_queue, messages", "ring messages", "boost spsc_queue messages");
  ratio("ring / status ring, messages", "ring messages", "status ring messages");
}

} // namespace
} // namespace ks::bench

int main(int argc, char** argv) {
  if (argc > 2 || (argc == 2 && atoi(argv[1]) < 1)) {
    fprintf(stderr, "Usage: ks-ring-bench [ROUNDS]\n");
    return 2;
  }
  using namespace ks::bench;
  pin(1);
  cycles_per_nanosecond();
  Table table;
  for (int round = argc == 2 ? atoi(argv[1]) : 5; round > 0; round--) {
    measure_threads(table, 300);
    measure_processes(table, 30);
  }
  table.print();
  print_ratios(table);
}
