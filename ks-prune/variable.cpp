// SPDX-License-Identifier: MIT
#include "ks-prune/variable.hpp"

#include "ks-prune/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace ks::prune {
namespace {

class Finder {
public:
  Finder(Pruned& pruned, Crossing& crossing, const View& view, const Types& types)
      : pruned_(pruned), crossing_(crossing), view_(view), types_(types),
        function_(view.function(crossing.function)),
        named_(static_cast<u32>(types.members(crossing.signature).size())) {
    for (u32 i = 0; i < pruned.summary.calls.size(); ++i)
      if (is_site(i)) sites_.push_back(i);
  }

  void find() {
    for (u32 site : sites_) count_ = std::max(count_, passed(site));
    if (count_ == 0) return;
    find_shape();
    if (crossing_.refused.empty() && !crossing_.to_driver) find_fixed();
    if (crossing_.refused.empty()) extend();
  }

private:
  enum class Kind : u8 { other, int_, long_, pointer };

  // How the kernel calls a function of its own, and the driver one of its own, is their affair.
  bool is_site(u32 call) const {
    const FunctionId caller = view_.call(call).caller;
    const auto targets = view_.targets_of(CallId{call});
    return (crossing_.to_driver ? view_.in_kernel(caller) : view_.in_domain(caller)) &&
           std::ranges::find(targets, crossing_.function) != targets.end();
  }

  u32 passed(u32 site) const { return static_cast<u32>(view_.call(site).variable.size()); }
  TypeId type_at(u32 site, u32 position) const { return view_.call(site).variable[position]; }

  Kind kind_of(TypeId type) const {
    if (type == none<TypeId>) return Kind::other;
    if (types_.is_pointer(type)) return Kind::pointer;
    return types_.at(types_.strip(type)).size == sizeof(u64) ? Kind::long_ : Kind::int_;
  }

  // The number that is passed there, if it is one; NULL is one, too.
  std::optional<u64> constant_at(u32 site, u32 index) const {
    std::optional<u64> found;
    for (u32 i : view_.arguments_of(CallId{site})) {
      const Argument& argument = view_.summary().arguments[i];
      if (argument.index != index) continue;
      if (argument.path == none<PathId>) return std::nullopt;
      const Path& path = view_.path(argument.path);
      if (path.step != StepKind::integer || (found && *found != path.integer)) return std::nullopt;
      found = path.integer;
    }
    return found;
  }

  // Of an argument that has it at all calls.
  std::optional<u64> constant_of(u32 index) const {
    const std::optional<u64> first = constant_at(sites_.front(), index);
    const bool all =
        std::ranges::all_of(sites_, [&](u32 site) { return constant_at(site, index) == first; });
    return all ? first : std::nullopt;
  }

  bool is_null_at(u32 site, u32 position) const {
    return kind_of(type_at(site, position)) == Kind::pointer &&
           constant_at(site, named_ + position) == u64{0};
  }

  template <class... Args>
  void refuse(fmt::format_string<Args...> format, Args&&... args) {
    if (crossing_.refused.empty())
      crossing_.refused = fmt::format(format, std::forward<Args>(args)...);
  }

  std::string place(u32 site) const {
    const Loc& loc = view_.call(site).loc;
    return fmt::format("{}:{}", loc.file, loc.line);
  }

  std::string spelled(TypeId type) const {
    if (kind_of(type) != Kind::pointer) return types_.at(types_.strip(type)).name;
    const TypeId pointee = types_.at(types_.strip(type)).element;
    const std::string name = pointee == none<TypeId> ? "void" : types_.at(pointee).name;
    return fmt::format("{} *", name.empty() ? "?" : name);
  }

  void find_shape() {
    for (u32 site : sites_)
      if (passed(site) != passed(sites_.front()))
        return refuse("{} of them are passed at {} and {} at {}", passed(sites_.front()),
                      place(sites_.front()), passed(site), place(site));
    if (count_ > max_variable)
      return refuse("more than {} of them are passed at {}", max_variable, place(sites_.front()));
    for (u32 i = 0; i < count_; ++i) find_type(i);
  }

  void find_type(u32 position) {
    u32 known = no_row; // a site that says more than NULL
    for (u32 site : sites_) {
      const TypeId type = type_at(site, position);
      if (kind_of(type) == Kind::other)
        return refuse("number {} of them is neither a number nor a pointer at {}", position + 1,
                      place(site));
      if (is_null_at(site, position)) continue;
      if (known != no_row && !same(type, type_at(known, position)))
        return refuse("number {} of them is {} at {} and {} at {}", position + 1,
                      spelled(type_at(known, position)), place(known), spelled(type), place(site));
      known = site;
    }
    for (u32 site : sites_)
      if (known != no_row && kind_of(type_at(known, position)) != kind_of(type_at(site, position)))
        return refuse("number {} of them is {} at {} and NULL at {}", position + 1,
                      spelled(type_at(known, position)), place(known), place(site));
    shape_.push_back(type_at(known == no_row ? sites_.front() : known, position));
  }

  bool same(TypeId a, TypeId b) const {
    if (kind_of(a) != kind_of(b)) return false;
    if (kind_of(a) != Kind::pointer) return true;
    return types_.complete(types_.at(types_.strip(a)).element) ==
           types_.complete(types_.at(types_.strip(b)).element);
  }

  // Whatever it is passed, the function takes no more than all of that, each as what it is.
  bool takes_only_that() const {
    const std::vector<u32>& kinds = function_.taken.kinds;
    if (kinds.size() > count_) return false;
    for (u32 i = 0; i < kinds.size(); ++i) {
      const Kind kind = kind_of(shape_[i]);
      if (kind == Kind::int_ && kinds[i] > taken_int) return false;
      if (kind == Kind::long_ && (kinds[i] & taken_pointer) != 0) return false;
    }
    return true;
  }

  void find_fixed() {
    const Taken& taken = function_.taken;
    if (!taken.known) return refuse("what {} does with them is not followed", function_.name);
    for (u32 i = 0; i < count_; ++i)
      if (std::ranges::all_of(sites_, [&](u32 site) { return is_null_at(site, i); }))
        crossing_.fixed.push_back({named_ + i, 0});
    if (takes_only_that()) return;
    if (taken.deciding.empty() && taken.ends == 0)
      return refuse("nothing says how many of them {} takes", function_.name);
    if (taken.ends != 0 && std::ranges::none_of(crossing_.fixed, [&](const FixedArgument& fixed) {
          return (taken.ends & (u32{1} << (fixed.index - named_))) != 0;
        }))
      return refuse("{} takes them until NULL, which does not always end them", function_.name);
    for (u32 index : taken.deciding) {
      if (index == no_row)
        return refuse("which of them {} takes, and as what, is not decided by its arguments alone",
                      function_.name);
      if (index >= named_ + count_) continue;
      const std::optional<u64> constant = constant_of(index);
      if (!constant)
        return refuse("which of them {} takes, and as what, argument {} decides, which is not the "
                      "same constant at all calls",
                      function_.name, index + 1);
      crossing_.fixed.push_back({index, *constant});
    }
    const auto order = [](const FixedArgument& a, const FixedArgument& b) {
      return a.index < b.index;
    };
    std::ranges::sort(crossing_.fixed, order);
    const auto rest = std::ranges::unique(crossing_.fixed, {}, &FixedArgument::index);
    crossing_.fixed.erase(rest.begin(), rest.end());
  }

  void extend() {
    Summary& summary = pruned_.summary;
    const TypeId added{static_cast<u32>(summary.types.size())};
    Type type = summary.types[row(types_.strip(crossing_.signature))];
    const std::span<const Member> all = types_.members(crossing_.signature);
    std::vector<Member> members(all.begin(), all.end());
    for (u32 i = 0; i < count_; ++i)
      members.push_back({added, fmt::format("va{}", i + 1), shape_[i], 0, 0, false});
    type.first_member = static_cast<u32>(summary.members.size());
    type.member_count = static_cast<u32>(members.size());
    for (Member& member : members) {
      member.owner = added;
      summary.members.push_back(std::move(member));
    }
    summary.types.push_back(std::move(type));
    crossing_.signature = added;
    crossing_.variable = count_;
  }

  Pruned& pruned_;
  Crossing& crossing_;
  const View& view_;
  const Types& types_;
  const Function& function_;
  u32 named_;
  std::vector<u32> sites_; // rows of calls
  u32 count_ = 0;
  std::vector<TypeId> shape_;
};

} // namespace

void add_variable_arguments(Pruned& pruned) {
  const View view(pruned);
  for (Crossing& crossing : pruned.boundary.crossings) {
    if (crossing.function == none<FunctionId> || crossing.kind == CrossingKind::named_only)
      continue;
    const TypeId type = crossing.signature;
    if (type == none<TypeId> || !pruned.summary.types[row(type)].variadic) continue;
    const Types types(pruned.summary);
    Finder(pruned, crossing, view, types).find();
  }
}

} // namespace ks::prune
