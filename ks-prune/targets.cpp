// SPDX-License-Identifier: MIT
// Functions are moved along the flows of function pointers, from holder to holder, until nothing
// changes; what an indirect call passes goes to the arguments of whatever it is found to call.
// A holder of which all flows are known, and that no function reaches, is empty in this kernel.
// One into which something unknown flows may hold any function of the type of the call, besides
// those that are known.
//
// Fields are told apart by structure, not by object; arrays are one place; and what a pointer
// behind a pointer leads to is unknown.
#include "ks-prune/targets.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ks::prune {

namespace {

using Kind = Holder::Kind;
// A holder that has a number.
using Node = u32;

void sort_unique(std::vector<Target>& list) {
  std::sort(list.begin(), list.end());
  const auto same = [](const Target& a, const Target& b) { return a.function == b.function; };
  list.erase(std::unique(list.begin(), list.end(), same), list.end());
  std::stable_sort(list.begin(), list.end(), [](const Target& a, const Target& b) {
    return std::tie(a.source, a.function) < std::tie(b.source, b.function);
  });
}

class Finder {
public:
  explicit Finder(const Program& program) : program_(program) {}

  Targets run() {
    outside_ = node({});
    add_signatures();
    add_initializers();
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      for (const Flow& flow : program_.functions[i].body.flows) add_flow(flow);
    }
    open_results();
    add_sites();
    do {
      propagate();
    } while (bind_calls());
    // From here on, what is known of each holder is final.
    resolve_sites();
    note_where_functions_are();
    return std::move(targets_);
  }

private:
  // What the functions that a holder holds are passed and return, where they are called through it.
  struct Passed {
    Holder::Kind kind{};
    u32 index = 0;
    bool behind = false;
    Node node = no_row;

    friend bool operator==(const Passed&, const Passed&) = default;
  };

  Node node(const Holder& holder) {
    const auto [at, added] = nodes_.emplace(holder, holders_.size());
    if (!added) return at->second;
    const Node made = at->second;
    holders_.push_back(holder);
    holds_.emplace_back();
    next_.emplace_back();
    same_.emplace_back();
    passed_.emplace_back();
    bound_.emplace_back();
    signatures_.emplace_back();
    open_.push_back(false);
    if (holder.is(Kind::field)) {
      for (u32 field : program_.overlaps[holder.row]) {
        if (field == holder.row) continue;
        Holder other = holder;
        other.row = field;
        const Node same = node(other);
        same_[made].push_back(same);
      }
    }
    return made;
  }

  // Functions of one type, for who calls what is not known.
  Node signature_node(Key signature) {
    const auto [at, added] = by_signature_.emplace(signature, no_row);
    if (added) {
      at->second = node({Kind::unknown, true, static_cast<u32>(by_signature_.size())});
    }
    return at->second;
  }

  void add_signatures() {
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      const ProgramFunction& function = program_.functions[i];
      if (!function.address_taken || function.signature == no_key) continue;
      add(signature_node(function.signature), {i, TargetSource::signature});
    }
  }

  void add_initializers() {
    std::set<u32> tables; // globals that hold functions outside of structures
    for (const ProgramInitializer& value : program_.initializers) {
      if (value.row.function == no_row) continue;
      add(node(place(value)), {value.row.function, TargetSource::static_initializer});
      if (value.row.field == no_row) tables.insert(value.row.global);
    }
    for (const ProgramInitializer& value : program_.initializers) {
      if (value.row.target == no_row || !tables.contains(value.row.target)) continue;
      Holder pointee = place(value);
      pointee.behind = true;
      const Holder table{Kind::global, false, value.row.target};
      add_edge(table, pointee);
      add_edge(pointee, table);
    }
  }

  static Holder place(const ProgramInitializer& value) {
    return value.row.field != no_row ? Holder{Kind::field, false, value.row.field}
                                     : Holder{Kind::global, false, value.row.global};
  }

  // What is passed at an indirect call is passed to whatever is in the holders it calls through.
  std::vector<Holder> expand(const Holder& holder) {
    if (!holder.is(Kind::site_argument) && !holder.is(Kind::site_result)) return {holder};
    std::vector<Holder> all;
    for (Node target : site_nodes(holder.row, holder.site))
      all.push_back({holder.kind, holder.behind, target, holder.index, no_row});
    return all;
  }

  std::vector<Node> site_nodes(u32 function, u32 number) {
    const IndirectSite& site = program_.functions[function].body.sites[number];
    std::vector<Node> all;
    for (const Holder& from : site.from) {
      if (from.is(Kind::unknown)) {
        all.push_back(signature_node(site.signature));
      } else {
        for (const Holder& holder : expand(from)) all.push_back(node(holder));
      }
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  void add_flow(const Flow& flow) {
    for (const Holder& from : expand(flow.from)) {
      for (const Holder& to : expand(flow.to)) add_edge(from, to);
    }
  }

  void add_edge(const Holder& from, const Holder& to) {
    const Node end = node(to);
    note_passed(to, end);
    if (from.is(Kind::function)) {
      add(end, {from.row, source(to)});
    } else if (from.is(Kind::unknown) && end != outside_) {
      open(end);
    } else {
      const Node start = node(from);
      note_passed(from, start);
      connect(start, end);
    }
  }

  void connect(Node start, Node end) {
    if (start == end) return;
    next_[start].push_back(end);
    for (const auto& [function, how] : holds_[start])
      pending_.emplace_back(end, Target{function, passed_on(end)});
    if (open_[start]) open(end);
  }

  void note_passed(const Holder& holder, Node at) {
    if (holder.site != no_row || holder.row == no_row) return;
    if (!holder.is(Kind::site_argument) && !holder.is(Kind::site_result)) return;
    const Passed passed{holder.kind, holder.index, holder.behind, at};
    std::vector<Passed>& all = passed_[holder.row];
    if (std::find(all.begin(), all.end(), passed) != all.end()) return;
    all.push_back(passed);
    bound_[holder.row].clear(); // what was bound so far lacks this one
  }

  static TargetSource source(const Holder& to) {
    return to.is(Kind::argument) || to.is(Kind::site_argument) ? TargetSource::argument
                                                               : TargetSource::stored_at_run_time;
  }
  TargetSource passed_on(Node to) const { return source(holders_[to]); }

  void add(Node to, Target target) { pending_.emplace_back(to, target); }
  void open(Node at) { unknown_.push_back(at); }

  void propagate() {
    while (!pending_.empty()) {
      const auto [to, target] = pending_.back();
      pending_.pop_back();
      const auto [known, added] = holds_[to].emplace(target.function, target.source);
      if (!added) {
        known->second = std::min(known->second, target.source);
        continue;
      }
      for (Node same : same_[to]) pending_.emplace_back(same, target);
      for (Node next : next_[to])
        pending_.emplace_back(next, Target{target.function, passed_on(next)});
    }
    while (!unknown_.empty()) {
      const Node at = unknown_.back();
      unknown_.pop_back();
      if (open_[at]) continue;
      open_[at] = true;
      for (Node same : same_[at]) unknown_.push_back(same);
      for (Node next : next_[at]) unknown_.push_back(next);
    }
  }

  // Who got a function in a way that is not known may call it with anything.
  bool open_arguments() {
    const std::size_t before = unknown_.size();
    for (Node at = 0; at < holders_.size(); ++at) {
      const Holder& holder = holders_[at];
      if (open_[at] || !holder.is(Kind::argument)) continue;
      if (holds_[outside_].contains(holder.row)) open(at);
    }
    return unknown_.size() > before;
  }

  // What returns from code that is not there.
  void open_results() {
    for (Node at = 0; at < holders_.size(); ++at) {
      const Holder& holder = holders_[at];
      if (holder.is(Kind::result) && program_.functions[holder.row].home == no_row) open(at);
    }
  }

  void add_sites() {
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      const auto& sites = program_.functions[i].body.sites;
      for (u32 j = 0; j < sites.size(); ++j) {
        for (Node at : site_nodes(i, j)) signatures_[at].insert(sites[j].signature);
      }
    }
  }

  // Connects what is passed to a holder with the arguments of the functions in it. Whether there
  // was anything new.
  bool bind_calls() {
    bool changed = false;
    for (Node at = 0; at < passed_.size(); ++at) {
      if (passed_[at].empty()) continue;
      if (open_[at]) {
        for (Key signature : std::set<Key>(signatures_[at])) {
          const Node all = signature_node(signature);
          if (all != at) changed |= bind_signature(at, all);
        }
      }
      for (const auto& [function, how] : std::map<u32, TargetSource>(holds_[at]))
        changed |= bind(at, function);
    }
    changed |= open_arguments();
    return changed || !pending_.empty() || !unknown_.empty();
  }

  bool bind_signature(Node at, Node all) {
    if (!bound_[at].insert(~u64{0} - all).second) return false;
    for (const Passed& passed : std::vector<Passed>(passed_[at])) {
      const Holder there{passed.kind, passed.behind, all, passed.index, no_row};
      const Node to = node(there);
      note_passed(there, to);
      connect_passed(passed, to);
    }
    return true;
  }

  bool bind(Node at, u32 function) {
    if (!bound_[at].insert(function).second) return false;
    for (const Passed& passed : std::vector<Passed>(passed_[at])) {
      const bool result = passed.kind == Kind::site_result;
      connect_passed(passed, node({result ? Kind::result : Kind::argument, passed.behind, function,
                                   result ? 0 : passed.index}));
    }
    return true;
  }

  void connect_passed(const Passed& passed, Node to) {
    const bool result = passed.kind == Kind::site_result;
    if (!result || passed.behind) connect(passed.node, to);
    if (result || passed.behind) connect(to, passed.node);
  }

  void resolve_sites() {
    targets_.of_site.resize(program_.functions.size());
    targets_.called_by_kernel.resize(program_.functions.size());
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      const auto& sites = program_.functions[i].body.sites;
      for (u32 j = 0; j < sites.size(); ++j) {
        targets_.of_site[i].push_back(resolve(i, j, sites[j]));
        if (program_.functions[i].driver) continue;
        for (const Target& target : targets_.of(i, j))
          if (target.source != TargetSource::signature)
            targets_.called_by_kernel[target.function] = true;
      }
    }
  }

  u32 resolve(u32 caller, u32 number, const IndirectSite& site) {
    std::vector<Node> nodes = site_nodes(caller, number);
    bool any = false;
    for (Node at : nodes) any |= open_[at] || is_called_by_unknown(at);
    if (any && site.signature != no_key) nodes.push_back(signature_node(site.signature));
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    std::vector<Target> found;
    const auto [at, added] = lists_.emplace(nodes, targets_.lists.size());
    if (added) {
      for (Node from : nodes)
        for (const auto& [function, how] : holds_[from]) found.push_back({function, how});
      sort_unique(found);
      targets_.lists.push_back(std::move(found));
    }
    return targets_.lists[at->second].empty() ? no_row : static_cast<u32>(at->second);
  }

  // An argument of a function that somebody calls, but nobody is seen to.
  bool is_called_by_unknown(Node at) const {
    const Holder& holder = holders_[at];
    return holder.is(Kind::argument) && holds_[at].empty() &&
           program_.functions[holder.row].address_taken;
  }

  void note_where_functions_are() {
    targets_.stored_in.resize(program_.functions.size());
    targets_.handed_over.resize(program_.functions.size());
    for (Node at = 0; at < holders_.size(); ++at) {
      const Holder& holder = holders_[at];
      const bool outside = is_outside(holder);
      for (const auto& [function, how] : holds_[at]) {
        if (how == TargetSource::signature) continue;
        if (holder.is(Kind::field)) targets_.stored_in[function].push_back(holder.row);
        if (outside) targets_.handed_over[function] = true;
      }
    }
    for (auto& fields : targets_.stored_in) {
      std::sort(fields.begin(), fields.end());
      fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
    }
  }

  bool is_outside(const Holder& holder) const {
    switch (holder.kind) {
    case Kind::unknown: return !holder.behind;
    case Kind::global: return !program_.globals[holder.row].driver;
    case Kind::local:
    case Kind::allocation:
    case Kind::argument:
    case Kind::result: return !program_.functions[holder.row].driver;
    case Kind::function:
    case Kind::field:
    case Kind::site_argument:
    case Kind::site_result: return false;
    }
    return true;
  }

  const Program& program_;
  Targets targets_;
  std::map<Holder, Node> nodes_;
  Node outside_ = no_row; // memory of which nothing is known
  // By node.
  std::vector<Holder> holders_;
  std::vector<std::map<u32, TargetSource>> holds_;
  std::vector<std::vector<Node>> next_;
  std::vector<std::vector<Node>> same_; // fields that share bits
  std::vector<std::vector<Passed>> passed_;
  std::vector<std::set<u64>> bound_; // functions and signatures whose arguments are connected
  std::vector<std::set<Key>> signatures_; // as which it is called
  std::vector<bool> open_; // something unknown flows into it
  std::vector<std::pair<Node, Target>> pending_;
  std::vector<Node> unknown_;
  std::map<Key, Node> by_signature_;
  std::map<std::vector<Node>, std::size_t> lists_;
};

} // namespace

const std::vector<Target>& Targets::no_targets() {
  static const std::vector<Target> empty;
  return empty;
}

Targets find_targets(const Program& program) { return Finder(program).run(); }

} // namespace ks::prune
