// SPDX-License-Identifier: MIT
// Functions are moved along the flows of function pointers, from field to field and from
// argument to argument, until nothing changes. A place of which all flows are known, and
// that no function reaches, is empty in this kernel. Only a place into which something
// unknown flows falls back to the type of the call.
#include "ks-prune/targets.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ks::prune {

namespace {

// A place that a function pointer can be in. `index` is of an argument.
struct Place {
  enum class Kind : u8 { field, global, argument } kind{};
  u32 row = 0;
  u32 index = 0;

  bool is(Kind other) const { return kind == other; }
  friend auto operator<=>(const Place&, const Place&) = default;
};

Place field_place(u32 field) { return {Place::Kind::field, field}; }
Place global_place(u32 global) { return {Place::Kind::global, global}; }
Place argument_place(u32 function, u32 index) { return {Place::Kind::argument, function, index}; }

void sort_unique(std::vector<Target>& list) {
  std::sort(list.begin(), list.end());
  const auto same = [](const Target& a, const Target& b) { return a.function == b.function; };
  list.erase(std::unique(list.begin(), list.end(), same), list.end());
}

class Finder {
public:
  explicit Finder(const Program& program) : program_(program) {}

  Targets run() {
    targets_.stored_in.resize(program_.functions.size());
    targets_.handed_over.resize(program_.functions.size());
    add_initializers();
    add_flows();
    propagate();
    spread_unknown();
    add_signatures();
    // From here on, what is known of each place is final.
    resolve_sites();
    for (auto& fields : targets_.stored_in) {
      std::sort(fields.begin(), fields.end());
      fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
    }
    return std::move(targets_);
  }

private:
  void add_initializers() {
    for (const ProgramInitializer& value : program_.initializers) {
      if (value.row.function == no_row) continue;
      const Target target{value.row.function, TargetSource::static_initializer};
      if (value.row.field != no_row) pending_.emplace_back(field_place(value.row.field), target);
      pending_.emplace_back(global_place(value.row.global), target);
    }
  }

  void add_flows() {
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      for (const Flow& flow : program_.functions[i].body.flows) add_flow(i, flow);
    }
  }

  void add_flow(u32 function, const Flow& flow) {
    const Place to = flow.field != no_row    ? field_place(flow.field)
                     : flow.global != no_row ? global_place(flow.global)
                                             : argument_place(flow.callee, flow.to_index);
    if (flow.function != no_row) {
      pending_.emplace_back(to, Target{flow.function, source(to)});
    } else if (flow.argument != no_row) {
      const Place from = argument_place(function, flow.argument);
      flows_[from].push_back(to);
      if (program_.functions[function].address_taken) unknown_.push_back(from);
    } else if (flow.from_field != no_row) {
      flows_[field_place(flow.from_field)].push_back(to);
    } else if (flow.from_global != no_row) {
      flows_[global_place(flow.from_global)].push_back(to);
    } else {
      unknown_.push_back(to);
    }
  }

  static TargetSource source(const Place& to) {
    return to.is(Place::Kind::argument) ? TargetSource::argument : TargetSource::stored_at_run_time;
  }

  std::vector<Place> aliases(const Place& place) const {
    if (!place.is(Place::Kind::field)) return {place};
    std::vector<Place> all;
    for (u32 same : program_.overlaps[place.row]) all.push_back(field_place(same));
    return all;
  }

  void propagate() {
    while (!pending_.empty()) {
      const auto [to, target] = pending_.back();
      pending_.pop_back();
      if (to.is(Place::Kind::argument) && !program_.functions[to.row].driver) {
        targets_.handed_over[target.function] = true;
      }
      if (to.is(Place::Kind::field)) targets_.stored_in[target.function].push_back(to.row);
      for (const Place& place : aliases(to)) {
        const auto [known, added] = holds_[place].emplace(target.function, target.source);
        if (!added) {
          known->second = std::min(known->second, target.source);
          continue;
        }
        pass_on(place, target);
      }
    }
  }

  void pass_on(const Place& from, const Target& target) {
    const auto next = flows_.find(from);
    if (next == flows_.end()) return;
    for (const Place& to : next->second) {
      pending_.emplace_back(to, Target{target.function, source(to)});
    }
  }

  void spread_unknown() {
    while (!unknown_.empty()) {
      const Place place = unknown_.back();
      unknown_.pop_back();
      for (const Place& same : aliases(place)) {
        if (!open_.insert(same).second) continue;
        const auto next = flows_.find(same);
        if (next == flows_.end()) continue;
        unknown_.insert(unknown_.end(), next->second.begin(), next->second.end());
      }
    }
  }

  void add_signatures() {
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      const ProgramFunction& function = program_.functions[i];
      if (!function.address_taken || function.signature == no_key) continue;
      by_signature_[function.signature].push_back({i, TargetSource::signature});
    }
  }

  void resolve_sites() {
    targets_.of_site.resize(program_.functions.size());
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      for (const IndirectSite& site : program_.functions[i].body.sites) {
        targets_.of_site[i].push_back(resolve(i, site));
      }
    }
  }

  u32 resolve(u32 caller, const IndirectSite& site) {
    if (site.field != no_row) return in_place(field_place(site.field), site);
    if (site.argument != no_row) return in_place(argument_place(caller, site.argument), site);
    if (site.global != no_row) return in_place(global_place(site.global), site);
    return by_signature(site);
  }

  u32 in_place(const Place& place, const IndirectSite& site) {
    const auto known = holds_.find(place);
    if (known != holds_.end()) {
      std::vector<Target> found;
      for (const auto& [function, source] : known->second) found.push_back({function, source});
      return list({place, no_key}, std::move(found));
    }
    const bool outside_knows =
        place.is(Place::Kind::argument) && program_.functions[place.row].address_taken;
    return open_.contains(place) || outside_knows ? by_signature(site) : no_row;
  }

  u32 by_signature(const IndirectSite& site) {
    const auto at = by_signature_.find(site.signature);
    if (site.signature == no_key || at == by_signature_.end()) return no_row;
    return list({Place{}, site.signature}, at->second);
  }

  u32 list(const std::pair<Place, Key>& name, std::vector<Target> found) {
    const auto [at, added] = lists_.emplace(name, targets_.lists.size());
    if (added) {
      sort_unique(found);
      targets_.lists.push_back(std::move(found));
    }
    return static_cast<u32>(at->second);
  }

  const Program& program_;
  Targets targets_;
  std::map<Place, std::map<u32, TargetSource>> holds_;
  std::map<Place, std::vector<Place>> flows_;
  std::vector<std::pair<Place, Target>> pending_;
  std::vector<Place> unknown_;
  std::set<Place> open_; // something unknown flows into these
  std::map<Key, std::vector<Target>> by_signature_;
  std::map<std::pair<Place, Key>, std::size_t> lists_;
};

} // namespace

const std::vector<Target>& Targets::no_targets() {
  static const std::vector<Target> empty;
  return empty;
}

Targets find_targets(const Program& program) { return Finder(program).run(); }

} // namespace ks::prune
