// SPDX-License-Identifier: MIT
// One name, one thing: reads the debug information of a program and fails if a type or a function
// of ours with a name that other files can see is defined at two places (the one definition rule,
// [basic.def.odr]; a linker notices it of functions alone, and not of inline ones).
//
//   ks-names FOLDER PROGRAM     FOLDER: of the sources that are looked at

#include <elfutils/libdw.h>

#include <dwarf.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <map>
#include <set>
#include <string>

namespace {

std::string attribute(Dwarf_Die* die, unsigned name) {
  Dwarf_Attribute value;
  const char* text = dwarf_formstring(dwarf_attr_integrate(die, name, &value));
  return text ? text : "";
}

bool has(Dwarf_Die* die, unsigned name) { return dwarf_hasattr_integrate(die, name) != 0; }

class Names {
public:
  explicit Names(std::string folder) : folder_(std::move(folder)) {}

  // What a unit, a namespace or a type holds. Nothing in an unnamed namespace can clash.
  void add_children(Dwarf_Die* parent, const std::string& prefix) {
    Dwarf_Die die;
    if (dwarf_child(parent, &die) != 0) return;
    do {
      add(&die, prefix);
    } while (dwarf_siblingof(&die, &die) == 0);
  }

  // Prints the names that have several places; their number.
  int report() const {
    int clashes = 0;
    for (const auto& [name, places] : places_) {
      if (places.size() < 2) continue;
      ++clashes;
      std::fprintf(stderr, "%s is defined at", name.c_str());
      for (const std::string& place : places) std::fprintf(stderr, " %s", place.c_str());
      std::fprintf(stderr, "\n");
    }
    return clashes;
  }

  std::size_t size() const { return places_.size(); }

private:
  void add(Dwarf_Die* die, const std::string& prefix) {
    const std::string name = attribute(die, DW_AT_name);
    switch (dwarf_tag(die)) {
    case DW_TAG_namespace:
      if (!name.empty()) add_children(die, prefix + name + "::");
      return;
    case DW_TAG_structure_type:
    case DW_TAG_class_type:
    case DW_TAG_union_type:
    case DW_TAG_enumeration_type:
      if (name.empty() || has(die, DW_AT_declaration)) return;
      add_place(die, prefix + name);
      return;
    case DW_TAG_subprogram:
      // By its linkage name, which tells overloads apart.
      if (has(die, DW_AT_external) && has(die, DW_AT_low_pc)) {
        add_place(die, attribute(die, DW_AT_linkage_name));
      }
      return;
    default: return;
    }
  }

  void add_place(Dwarf_Die* die, const std::string& name) {
    const char* file = dwarf_decl_file(die);
    int line = 0;
    if (name.empty() || !file || std::strncmp(file, folder_.c_str(), folder_.size()) != 0) return;
    dwarf_decl_line(die, &line);
    places_[name].insert(std::string(file + folder_.size()) + ":" + std::to_string(line));
  }

  std::string folder_;
  std::map<std::string, std::set<std::string>> places_;
};

} // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "Usage: ks-names FOLDER PROGRAM\n");
    return 2;
  }
  const int program = open(argv[2], O_RDONLY);
  Dwarf* dwarf = program < 0 ? nullptr : dwarf_begin(program, DWARF_C_READ);
  if (!dwarf) {
    std::fprintf(stderr, "ks-names: error: %s: %s\n", argv[2],
                 program < 0 ? "cannot be opened" : dwarf_errmsg(-1));
    return 2;
  }
  Names names(std::string(argv[1]) + "/");
  Dwarf_CU* unit = nullptr;
  Dwarf_Half version = 0;
  std::uint8_t type = 0;
  Dwarf_Die die;
  while (dwarf_get_units(dwarf, unit, &unit, &version, &type, &die, nullptr) == 0) {
    names.add_children(&die, "");
  }
  const int clashes = names.report();
  std::printf("%zu names\n", names.size());
  dwarf_end(dwarf);
  close(program);
  return clashes > 0 || names.size() == 0;
}
