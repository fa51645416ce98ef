// SPDX-License-Identifier: MIT
// One projection for all places where the same part of a struct crosses. Inference makes one for
// each place, FUNCTION__ARGUMENT; what two of them say may differ in names of projections only, so
// those nested deepest are merged first.

#include "ks-idl/infer.hpp"

#include <algorithm>

namespace ks::idl {
namespace {

using Names = std::map<std::string, std::string>; // what a projection was called; what it is now

struct Group {
  size_t item = 0;                 // the first of the projections that are the same
  std::vector<std::string> places; // what all of them are called, in order
};

using StructGroups = std::vector<Group>;

// Equal for projections with the same fields, and seldom for others.
size_t hash_of(const IdlType& type) {
  size_t hash = std::hash<std::string>()(type.name) * 31 + static_cast<size_t>(type.stem);
  for (const IdlAttributes& attributes : type.pointers) {
    hash = hash * 31 + attributes.size();
  }
  for (const IdlAttribute& attribute : type.attributes) {
    hash = hash * 31 + static_cast<size_t>(attribute.kind);
  }
  for (const IdlType& element : type.element) {
    hash = hash * 31 + hash_of(element);
  }
  return hash;
}

size_t hash_of(const std::vector<IdlDeclaration>& fields) {
  size_t hash = fields.size();
  for (const IdlDeclaration& field : fields) {
    hash = (hash * 31 + std::hash<std::string>()(field.name)) * 31 + hash_of(field.type);
  }
  return hash;
}

void rename_in(IdlType& type, const Names& names) {
  auto found = type.stem == IdlStem::projection ? names.find(type.name) : names.end();
  if (found != names.end()) {
    type.name = found->second;
  }
  for (IdlType& element : type.element) {
    rename_in(element, names);
  }
}

void rename_in(std::vector<IdlDeclaration>& declarations, const Names& names) {
  for (IdlDeclaration& declaration : declarations) {
    rename_in(declaration.type, names);
  }
}

void rename_in(std::vector<IdlItem>& items, const Names& names) {
  for (IdlItem& item : items) {
    if (auto* projection = std::get_if<IdlProjection>(&item.value)) {
      auto found = names.find(projection->name);
      projection->name = found == names.end() ? projection->name : found->second;
      rename_in(projection->fields, names);
    } else if (auto* of_class = std::get_if<IdlClass>(&item.value)) {
      rename_in(of_class->fields, names);
    } else if (auto* rpc = std::get_if<IdlRpc>(&item.value)) {
      rename_in(rpc->result, names);
      rename_in(rpc->arguments, names);
    }
  }
}

// The projections that have not been merged into another, by struct.
std::map<std::string, StructGroups> group(const std::vector<IdlItem>& items, Names& merged) {
  std::map<std::string, StructGroups> result;
  std::map<std::pair<std::string, size_t>, std::vector<size_t>>
      hashed; // by struct and hash: groups
  for (size_t i = 0; i < items.size(); ++i) {
    const auto* projection = std::get_if<IdlProjection>(&items[i].value);
    if (!projection) {
      continue;
    }
    StructGroups& groups = result[projection->structure];
    std::vector<size_t>& alike = hashed[{projection->structure, hash_of(projection->fields)}];
    const auto same = std::ranges::find_if(alike, [&](size_t group) {
      return std::get<IdlProjection>(items[groups[group].item].value).fields == projection->fields;
    });
    if (same == alike.end()) {
      alike.push_back(groups.size());
      groups.push_back({i, {projection->name}});
      continue;
    }
    merged.emplace(projection->name, groups[*same].places.front());
    groups[*same].places.push_back(projection->name);
  }
  return result;
}

// A projection is called as its struct if it is the only one of it, or the only one that stands in
// several places; else by the shortest of its places.
void add_names(const std::string& structure, const StructGroups& groups,
               const std::set<std::string>& taken, Names& names) {
  auto is_shared = [](const Group& group) { return group.places.size() > 1; };
  std::string tag = structure.substr(structure.find(' ') + 1);
  // Of a member's struct that has no name, the places have better names than its own would be.
  bool is_named = is_name(tag);
  bool shared_once = std::count_if(groups.begin(), groups.end(), is_shared) == 1;
  for (const Group& group : groups) {
    bool is_main = is_named && (groups.size() == 1 || (shared_once && is_shared(group)));
    std::string name = *std::min_element(
        group.places.begin(), group.places.end(),
        [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
    if (is_main && !taken.contains(tag)) {
      name = tag;
    }
    for (const std::string& place : group.places) {
      names.emplace(place, name);
    }
  }
}

} // namespace

void merge_projections(Inference& inference) {
  std::vector<IdlItem>& items = inference.draft.items;
  std::vector<IdlItem> canonical = items; // with the first of the merged ones in all references
  std::map<std::string, StructGroups> groups;
  for (size_t known = 0;;) {
    Names merged;
    groups = group(canonical, merged);
    if (merged.size() == known) {
      break;
    }
    known = merged.size();
    canonical = items;
    for (IdlItem& item : canonical) {
      if (auto* projection = std::get_if<IdlProjection>(&item.value)) {
        rename_in(projection->fields, merged);
      }
    }
  }
  // From here on, no two groups of a struct have the same fields.
  Names names;
  std::set<std::string> taken = inference.draft.names;
  for (const auto& [structure, of_structure] : groups) {
    add_names(structure, of_structure, taken, names);
    for (const Group& group : of_structure) {
      taken.insert(names.at(group.places.front()));
    }
  }
  rename_in(items, names);
  std::set<std::string> seen;
  std::erase_if(items, [&](const IdlItem& item) {
    const auto* projection = std::get_if<IdlProjection>(&item.value);
    return projection && !seen.insert(projection->name).second;
  });
  inference.overlays.rename_places(names);
}

} // namespace ks::idl
