// SPDX-License-Identifier: MIT
// The driver's module. What the kernel counts the users of is the module of its own end, so a pointer to
// the driver's crosses as that one, and nothing that is in it crosses.

#include "ks-idl/infer.hpp"

#include <algorithm>

namespace ks::idl {
namespace {

// Whether the path is in an object of the struct.
bool is_inside(const Sync& sync, const View& view, SyncPathId at, std::string_view prefix) {
  while (at != none<SyncPathId>) {
    const SyncPath& path = sync.paths[row(at)];
    if (path.step == StepKind::field &&
        view.summary().fields[row(path.field)].name.starts_with(prefix)) {
      return true;
    }
    at = path.step == StepKind::field || path.step == StepKind::element ? path.parent
                                                                        : none<SyncPathId>;
  }
  return false;
}

} // namespace

bool is_own_module(const Pruned& pruned, const Known& known, const ImportedGlobal& imported) {
  const std::string& name = pruned.summary.globals[row(imported.global)].name;
  const KnownRows library = known.rows(KnownTable::domain_library);
  const KnownRow* provided = find_row(library, name);
  return provided && (*provided)[1] == "module" && is_name(name);
}

std::string find_own_module(const View& view, const TypeTable& types, const Known& known) {
  for (const ImportedGlobal& imported : view.pruned().boundary.imported_globals) {
    if (is_own_module(view.pruned(), known, imported)) {
      return types.tag(view.summary().globals[row(imported.global)].type);
    }
  }
  return {};
}

void drop_module_fields(Sync& sync, const View& view, const std::string& structure) {
  if (structure.empty()) {
    return;
  }
  const std::string prefix = structure.substr(structure.rfind(' ') + 1) + ".";
  std::erase_if(sync.fields,
                [&](const SyncField& field) { return is_inside(sync, view, field.path, prefix); });
  std::erase_if(sync.unreached, [&](const SyncUnreached& field) {
    return view.summary().fields[row(field.field)].name.starts_with(prefix);
  });
}

} // namespace ks::idl
