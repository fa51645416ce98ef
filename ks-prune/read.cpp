// SPDX-License-Identifier: MIT
#include "ks-prune/read.hpp"

#include "pipelines/artifact_codec.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <thread>

namespace ks::prune {

namespace {

// Calls work(0) ... work(count - 1) from several threads. Of several failures the one
// with the lowest number is passed on.
void share_out(u32 count, u32 threads, const std::function<void(u32)>& work) {
  std::vector<std::exception_ptr> failures(count);
  std::atomic<u32> next = 0;
  const auto worker = [&] {
    for (u32 i = next++; i < count; i = next++) {
      try {
        work(i);
      } catch (...) {
        failures[i] = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> pool;
    for (u32 i = 1; i < std::min(threads, count); ++i) pool.emplace_back(worker);
    worker();
  }
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

struct Read {
  Framed file;
  UnitDigest digest;
  bool driver = false;
  bool digested = false;
};

UnitDigest read_digest(const Framed& file, const KnownRows& families, TypeStore& types) {
  const Summary summary = decode_chunk<Pdg, Summary>(file, 0);
  if (summary.units.empty()) fail("{}: names no translation unit", file.path);
  const std::vector<Key> keys = type_keys(summary);
  types.add(summary, keys);
  return digest_unit(summary, keys, families);
}

// Takes from an index the digests of units and the types of all, unless it is of others than these,
// too.
void read_index(const std::string& path, std::vector<Read>& reads, const KnownRows& families,
                TypeStore& types) {
  const Framed file = open_artifact_lazily(path);
  IndexedUnits indexed = decode_chunk<UnitIndex, IndexedUnits>(file, 0);
  if (indexed.lock_families != names_of(families))
    fail("{}: made with another table of lock families", path);
  std::map<std::string_view, std::vector<Read*>> given;
  for (Read& read : reads) given[read.file.head.hash].push_back(&read);
  const auto others = std::count_if(indexed.units.begin(), indexed.units.end(),
                                    [&](const auto& unit) { return !given.contains(unit.hash); });
  if (others > 0) {
    warn(Loc{}, "unused-index",
         fmt::format("{}: not used, for {} of its units are not given", path, others));
    return;
  }
  for (IndexedUnit& unit : indexed.units) {
    std::vector<Read*>& takers = given[unit.hash];
    for (std::size_t i = 1; i < takers.size(); ++i) takers[i]->digest = unit.digest;
    takers[0]->digest = std::move(unit.digest);
    for (Read* read : takers) read->digested = true;
  }
  types.begin_with(decode_chunk<UnitIndex, IndexedTypes>(file, 1).types);
}

// What a unit defines for others; its hash, so that one that defines nothing has something, too.
std::set<std::string> marks(const UnitDigest& digest) {
  std::set<std::string> marks;
  for (const Unit& unit : digest.units) marks.insert('\n' + unit.hash);
  for (const Function& function : digest.functions)
    if (function.defined && !function.local) marks.insert(function.name);
  for (const Global& global : digest.globals)
    if (global.defined && !global.local) marks.insert(global.name);
  return marks;
}

// Two files may have one name (`main.c`, made in two folders). They are one unit if they are the
// same bitcode, or define the same symbols.
void drop_driver_units(std::vector<Read>& reads) {
  std::map<std::string, std::set<std::string>> driver; // by name of a unit
  for (const Read& read : reads) {
    if (!read.driver) continue;
    const std::set<std::string> of_unit = marks(read.digest);
    for (const Unit& unit : read.digest.units)
      driver[unit.name].insert(of_unit.begin(), of_unit.end());
  }
  std::erase_if(reads, [&](const Read& read) {
    const auto known = driver.find(read.digest.name);
    if (read.driver || known == driver.end()) return false;
    const std::set<std::string> of_unit = marks(read.digest);
    return std::any_of(of_unit.begin(), of_unit.end(),
                       [&](const std::string& mark) { return known->second.contains(mark); });
  });
}

} // namespace

Units read_units(const UnitPaths& from, const Known& known, u32 threads, TypeStore& types) {
  const KnownRows families = known.rows(KnownTable::lock_families);
  std::vector<std::string> paths = from.driver;
  paths.insert(paths.end(), from.kernel.begin(), from.kernel.end());
  std::vector<Read> reads(paths.size());
  share_out(static_cast<u32>(paths.size()), threads, [&](u32 i) {
    reads[i].driver = i < from.driver.size();
    reads[i].file = open_artifact_lazily(paths[i]);
    check_kind(reads[i].file, Pdg::kind, Pdg::version, chunk_count<Pdg>);
  });
  if (!from.index.empty()) read_index(from.index, reads, families, types);
  share_out(static_cast<u32>(paths.size()), threads, [&](u32 i) {
    if (!reads[i].digested) reads[i].digest = read_digest(reads[i].file, families, types);
  });
  types.resolve();
  drop_driver_units(reads);
  const auto order = [](const Read& read) {
    return std::tuple(!read.driver, std::string_view(read.digest.name),
                      std::string_view(read.file.head.hash));
  };
  std::sort(reads.begin(), reads.end(),
            [&](const Read& a, const Read& b) { return order(a) < order(b); });
  Units units;
  for (Read& read : reads) {
    units.driver += read.driver;
    units.files.push_back(std::move(read.file));
    units.digests.push_back(std::move(read.digest));
  }
  const std::span<const Framed> files = units.files;
  for (const Framed& file : files.first(units.driver)) {
    units.ancestors.push_back({std::string(Pdg::kind), file.head.hash});
  }
  if (files.size() > units.driver) {
    units.ancestors.push_back(combined("kernel", files.subspan(units.driver)));
  }
  std::sort(units.ancestors.begin(), units.ancestors.end());
  return units;
}

UnitIndex index_of(Units units, const TypeStore& types, const Known& known) {
  UnitIndex index;
  index.units.lock_families = names_of(known.rows(KnownTable::lock_families));
  for (std::size_t i = 0; i < units.digests.size(); ++i)
    index.units.units.push_back({units.files[i].head.hash, std::move(units.digests[i])});
  const auto by_hash = [](const IndexedUnit& a, const IndexedUnit& b) { return a.hash < b.hash; };
  std::stable_sort(index.units.units.begin(), index.units.units.end(), by_hash);
  index.types.types = types.all();
  return index;
}

std::vector<bool> units_to_open(const Program& program, const Touched& touched, const Kept& kept) {
  std::vector<bool> open(program.maps.size());
  std::fill_n(open.begin(), program.driver_digests, true);
  for (const ProgramInitializer& value : program.initializers) {
    if (value.driver || value.row.field == no_row || !touched.fields[value.row.field]) continue;
    open[program.globals[value.row.global].home] = true;
  }
  for (u32 i = 0; i < program.functions.size(); ++i) {
    if (kept.kept[i] && program.functions[i].home != no_row) open[program.functions[i].home] = true;
  }
  return open;
}

std::vector<UnitRows> read_rows(const Units& units, const Choice& choice, u32 threads) {
  const std::vector<bool> open = units_to_open(choice.program, choice.touched, choice.kept);
  std::vector<UnitRows> rows(units.files.size());
  share_out(static_cast<u32>(rows.size()), threads, [&](u32 i) {
    if (!open[i]) return;
    const Summary summary = decode_chunk<Pdg, Summary>(units.files[i], 0);
    if (i >= units.driver) {
      rows[i] = take_rows(choice, i, summary, nullptr);
    } else {
      const Bodies bodies = decode_chunk<Pdg, Bodies>(units.files[i], 1);
      rows[i] = take_rows(choice, i, summary, &bodies);
    }
  });
  return rows;
}

std::vector<std::string> read_list(const std::string& path) {
  const std::string text = read_file(path);
  std::vector<std::string> paths;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) paths.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return paths;
}

} // namespace ks::prune
