// SPDX-License-Identifier: MIT
#include "ks-pdg/accesses.hpp"

#include "ks-pdg/allocated.hpp"
#include "ks-pdg/constants.hpp"
#include "ks-pdg/linear.hpp"
#include "pipelines/bits.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>

#include <fmt/format.h>

#include <algorithm>

namespace ks::pdg {
namespace {

bool touches_nothing(const llvm::IntrinsicInst& call) {
  return call.isAssumeLikeIntrinsic() || call.doesNotAccessMemory() ||
         call.getIntrinsicID() == llvm::Intrinsic::prefetch ||
         call.getIntrinsicID() == llvm::Intrinsic::stacksave ||
         call.getIntrinsicID() == llvm::Intrinsic::stackrestore ||
         call.getIntrinsicID() == llvm::Intrinsic::trap ||
         call.getIntrinsicID() == llvm::Intrinsic::read_register ||
         call.getIntrinsicID() == llvm::Intrinsic::read_volatile_register ||
         call.getIntrinsicID() == llvm::Intrinsic::write_register ||
         call.getIntrinsicID() == llvm::Intrinsic::vastart ||
         call.getIntrinsicID() == llvm::Intrinsic::vaend ||
         call.getIntrinsicID() == llvm::Intrinsic::vacopy;
}

} // namespace

Accesses::Accesses(Program& program, Paths& paths, Values& values, FunctionRows& rows,
                   const llvm::Function& function)
    : program_(program), summary_(program.summary), types_(program.types), paths_(paths),
      values_(values), rows_(rows), function_(function), loops_(function), guards_(function),
      is_lock_function_(program.tables.find_lock(known_name(function)) != nullptr),
      checks_errors_(checks_errors(function, rows.error_effects)) {
  find_straight_line();
}

// The last block of the chain that every run goes through from the entry.
void Accesses::find_straight_line() {
  line_end_ = &function_.getEntryBlock();
  while (const llvm::BasicBlock* next = line_end_->getSingleSuccessor()) {
    if (next->getSinglePredecessor() != line_end_) {
      break;
    }
    line_end_ = next;
  }
}

void Accesses::add() {
  const std::size_t first_access = summary_.accesses.size();
  const llvm::BasicBlock* line = &function_.getEntryBlock();
  bool left_line = false;
  for (const llvm::BasicBlock& block : function_) {
    // Blocks of the line come first in the order of the function unless it was reordered.
    if (!left_line && &block != line) {
      left_line = true;
    }
    on_straight_line_ = on_straight_line_ && !left_line;
    for (const llvm::Instruction& instruction : block) {
      visit(instruction);
      const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
      if (call && !llvm::isa<llvm::IntrinsicInst>(call)) {
        on_straight_line_ = false;
      }
    }
    if (!left_line && line != line_end_) {
      line = line->getSingleSuccessor();
    } else {
      left_line = true;
    }
  }
  keep_effects(first_access);
}

// Accesses to what an argument points to, as far as that has no field to be known by.
void Accesses::keep_effects(std::size_t first_access) {
  std::vector<Effect> effects;
  for (std::size_t i = first_access; i < summary_.accesses.size(); ++i) {
    const Access& access = summary_.accesses[i];
    PathId at = access.path;
    Effect effect;
    while (at != none<PathId>) {
      const Path& path = paths_.row(at);
      const u64 size = types_.size(path.type);
      if (path.step == StepKind::cast) {
        effect.offset += static_cast<i64>(path.integer);
      } else if (path.step != StepKind::element) {
        break;
      } else if (path.integer == any_element) {
        effect.stride = std::max<u64>(1, size);
      } else {
        effect.offset += static_cast<i64>(path.integer * size);
      }
      at = path.parent;
    }
    if (at == none<PathId> || paths_.row(at).step != StepKind::dereference ||
        access.kind == AccessKind::compare || access.kind == AccessKind::free) {
      continue;
    }
    const Path& pointer = paths_.row(paths_.row(at).parent);
    if (pointer.step != StepKind::argument) {
      continue;
    }
    effect.kind = access.kind;
    effect.argument = pointer.index;
    effect.size = access.size;
    effect.update = access.update;
    effect.used = access.used;
    const auto same = [&](const Effect& known) {
      return known.kind == effect.kind && known.argument == effect.argument &&
             known.size == effect.size && known.offset == effect.offset &&
             known.stride == effect.stride && known.update == effect.update &&
             known.used == effect.used;
    };
    if (std::none_of(effects.begin(), effects.end(), same)) {
      effects.push_back(effect);
    }
  }
  rows_.effects[&function_] = std::move(effects);
  // Without a field, the callee's own row says it better.
  const auto ours = summary_.accesses.begin() + static_cast<std::ptrdiff_t>(first_access);
  const auto kept = std::remove_if(ours, summary_.accesses.end(), [](const Access& access) {
    return access.source == AccessSource::callee && access.field == none<FieldId> &&
           access.global == none<GlobalId>;
  });
  summary_.accesses.erase(kept, summary_.accesses.end());
}

void Accesses::visit(const llvm::Instruction& instruction) {
  const VariableArguments& variable = values_.variable();
  if (variable.loads.contains(&instruction) || variable.moves.contains(&instruction)) {
    return;
  }
  if (const auto* load = llvm::dyn_cast<llvm::LoadInst>(&instruction)) {
    visit_load(*load);
  } else if (const auto* store = llvm::dyn_cast<llvm::StoreInst>(&instruction)) {
    visit_store(*store);
  } else if (llvm::isa<llvm::ICmpInst, llvm::BinaryOperator>(instruction)) {
    visit_compare(instruction);
  } else if (const auto* exit = llvm::dyn_cast<llvm::ReturnInst>(&instruction)) {
    visit_return(*exit);
  } else if (const auto* intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(&instruction)) {
    visit_intrinsic(*intrinsic);
  } else if (const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction)) {
    if (call->isInlineAsm()) {
      visit_assembly(*call);
    } else {
      visit_call(*call);
    }
  } else if (const auto* atomic = llvm::dyn_cast<llvm::AtomicRMWInst>(&instruction)) {
    add_atomic(instruction, atomic->getPointerOperand(), "atomicrmw");
  } else if (const auto* exchange = llvm::dyn_cast<llvm::AtomicCmpXchgInst>(&instruction)) {
    add_atomic(instruction, exchange->getPointerOperand(), "cmpxchg");
  } else if (llvm::isa<llvm::FenceInst>(instruction)) {
    add_lock_row(instruction, LockAction::barrier, "memory", "fence", none<PathId>);
  } else if (instruction.mayReadOrWriteMemory()) {
    add_unknown(instruction, UnknownReason::unsupported_instruction,
                fmt::format("instruction {}", instruction.getOpcodeName()),
                {instruction.mayReadFromMemory(), instruction.mayWriteToMemory()});
  }
}

void Accesses::visit_load(const llvm::LoadInst& load) {
  const u64 size = program_.data_layout.getTypeStoreSize(load.getType());
  const std::size_t first = summary_.accesses.size();
  add_access({&load, AccessKind::read, AccessSource::instruction, made_from(load)},
             load.getPointerOperand(), {size, load.getType()->isPointerTy(), false}, nullptr,
             nullptr, bits_read(load));
  if (load.getType()->isPointerTy()) {
    const ErrorUse use = use_of_error(load, checks_errors_, program_.tables, rows_.error_effects);
    for (std::size_t i = first; i < summary_.accesses.size(); ++i) {
      summary_.accesses[i].error = use;
    }
  }
}

void Accesses::visit_store(const llvm::StoreInst& store) {
  const llvm::Type* type = store.getValueOperand()->getType();
  const u64 size = program_.data_layout.getTypeStoreSize(const_cast<llvm::Type*>(type));
  add_access({&store, AccessKind::write, AccessSource::instruction, made_by(store)},
             store.getPointerOperand(), {size, type->isPointerTy(), false},
             values_.may_be_pointer(store.getValueOperand()) ? store.getValueOperand() : nullptr,
             nullptr, bits_written(store));
}

// Two pointers compared, or subtracted: both sides have to agree which objects they are.
void Accesses::visit_compare(const llvm::Instruction& compare) {
  const bool is_pair = llvm::isa<llvm::ICmpInst>(compare) ||
                       compare.getOpcode() == llvm::Instruction::Sub ||
                       compare.getOpcode() == llvm::Instruction::Xor;
  std::vector<const llvm::Value*> sides;
  for (const llvm::Use& operand : compare.operands()) {
    const auto* number = llvm::dyn_cast<llvm::PtrToIntOperator>(operand.get());
    sides.push_back(number ? number->getPointerOperand() : operand.get());
  }
  if (!is_pair || std::ranges::any_of(sides, [](const llvm::Value* side) {
        return !side->getType()->isPointerTy() || llvm::isa<llvm::ConstantPointerNull>(side);
      })) {
    return;
  }
  for (const llvm::Value* side : sides) {
    for (PathId path : values_.rows_of(side, none<TypeId>)) {
      Access access;
      access.function = paths_.owner();
      access.instruction = program_.instruction(&compare);
      access.kind = AccessKind::compare;
      access.path = path;
      access.loc = program_.loc_of(compare);
      summary_.accesses.push_back(std::move(access));
    }
  }
}

void Accesses::visit_return(const llvm::ReturnInst& exit) {
  const llvm::Value* value = exit.getReturnValue();
  if (!value) {
    return;
  }
  const TypeId signature = types_.signature(summary_.functions[row(paths_.owner())].type);
  const TypeId wanted = signature == none<TypeId> ? none<TypeId> : types_.row(signature).element;
  std::vector<Return> found;
  const std::optional<Room> room =
      value->getType()->isPointerTy() ? room_of(program_, value) : std::nullopt;
  if (types_.is_record(wanted)) {
    found.push_back({paths_.owner(), add_returned(exit, wanted), 0, false});
  }
  for (const Reference& reference : found.empty() ? values_.of(value) : References{}) {
    Return row;
    row.function = paths_.owner();
    row.path = values_.row_of(reference, wanted);
    if (room && row.path != none<PathId>) {
      row.room = room->bytes;
      row.room_argument = room->argument;
      row.room_each = room->each;
    }
    if (row.path != none<PathId> && paths_.row(row.path).step == StepKind::integer) {
      row.integer = paths_.row(row.path).integer;
      row.path = none<PathId>;
      row.is_constant = true;
    } else if (!value->getType()->isPointerTy() && row.path != none<PathId> &&
               paths_.row(row.path).step == StepKind::unknown) {
      row.path = none<PathId>;
    }
    found.push_back(row);
  }
  if (found.empty()) {
    found.push_back({paths_.owner(), none<PathId>, 0, false});
  }
  for (const Return& row : found) {
    const auto same = [&](const Return& known) {
      return known.function == row.function && known.path == row.path &&
             known.integer == row.integer && known.is_constant == row.is_constant &&
             known.room == row.room && known.room_argument == row.room_argument &&
             known.room_each == row.room_each;
    };
    if (std::none_of(summary_.returns.begin(), summary_.returns.end(), same)) {
      summary_.returns.push_back(row);
    }
  }
}

// A structure in registers goes to the same place as one for which the caller has room.
PathId Accesses::add_returned(const llvm::ReturnInst& exit, TypeId type) {
  const PathId room = paths_.root(StepKind::local, result_room, type);
  const llvm::Value* value = exit.getReturnValue();
  const auto* registers = llvm::dyn_cast<llvm::StructType>(value->getType());
  const u32 count = registers ? registers->getNumElements() : 1;
  for (u32 i = 0; i < count; ++i) {
    llvm::Type* one = registers ? registers->getElementType(i) : value->getType();
    add_register(exit, room, i, program_.data_layout.getTypeStoreSize(one),
                 values_.register_of(value, i));
  }
  return room;
}

void Accesses::visit_intrinsic(const llvm::IntrinsicInst& call) {
  if (const auto* copy = llvm::dyn_cast<llvm::MemIntrinsic>(&call)) {
    add_copy(*copy);
  } else if (call.getIntrinsicID() == llvm::Intrinsic::vastart && !values_.variable().followed) {
    add_unknown(call, UnknownReason::variadic,
                "variable arguments are taken in a way that is not followed", anything);
  } else if (!touches_nothing(call)) {
    add_unknown(call, UnknownReason::unsupported_instruction,
                fmt::format("intrinsic {}", call.getCalledFunction()->getName().str()),
                {call.mayReadFromMemory(), call.mayWriteToMemory()});
  }
}

void Accesses::add_copy(const llvm::MemIntrinsic& call) {
  const auto* length = llvm::dyn_cast<llvm::ConstantInt>(call.getLength());
  const Range range{length ? length->getZExtValue() : 0, false, true};
  if (length && length->isZero()) {
    return;
  }
  const llvm::Value* variable = length ? nullptr : call.getLength();
  const auto* transfer = llvm::dyn_cast<llvm::MemTransferInst>(&call);
  if (transfer) {
    add_access({&call, AccessKind::read, AccessSource::memory_intrinsic}, transfer->getRawSource(),
               range, nullptr, variable);
  }
  add_access({&call, AccessKind::write, AccessSource::memory_intrinsic}, call.getRawDest(), range,
             nullptr, variable);
  if (transfer && length) {
    add_copied_pointers(*transfer, range.size);
  }
}

// What a variable of a function is initialised with is a constant of the compiler's, which the source has no name for:
// the pointers in it are stored where it is copied to.
void Accesses::add_copied_pointers(const llvm::MemTransferInst& copy, u64 size) {
  llvm::APInt from(64, 0);
  const auto* source = llvm::dyn_cast<llvm::GlobalVariable>(
      copy.getRawSource()->stripAndAccumulateConstantOffsets(program_.data_layout, from, true));
  llvm::SmallVector<llvm::DIGlobalVariableExpression*, 1> named;
  if (!source || !source->isConstant() || !source->hasInitializer() || from.isNegative()) {
    return;
  }
  source->getDebugInfo(named);
  if (!named.empty()) {
    return;
  }
  const u64 begin = from.getZExtValue();
  each_leaf(source->getInitializer(), program_.data_layout, 0, [&](auto* leaf, u64 offset) {
    if (!leaf->getType()->isPointerTy() || offset < begin || offset + 8 > begin + size) {
      return;
    }
    Range part{8, true};
    part.offset = static_cast<i64>(offset - begin);
    add_access({&copy, AccessKind::write, AccessSource::instruction}, copy.getRawDest(), part,
               leaf);
  });
}

void Accesses::add_access(const Site& site, const llvm::Value* pointer, Range range,
                          const llvm::Value* value, const llvm::Value* length, u64 bits) {
  bool complete = false;
  std::vector<PathId> values{none<PathId>};
  if (value) {
    const std::vector<PathId> rows = values_.rows_of(value, none<TypeId>);
    values = rows.empty() ? values : rows;
  }
  Access access;
  access.function = paths_.owner();
  access.instruction = program_.instruction(site.instruction);
  access.kind = site.kind;
  access.source = site.source;
  access.update = site.made.update;
  access.used = site.made.used;
  access.size = range.size;
  access.loc = program_.loc_of(*site.instruction);
  Linear whole = length ? linear(greatest_of_least(strip_casts(length))) : Linear{};
  std::vector<PathId> lengths;
  if (length) {
    whole.value = greatest_of_least(whole.value);
    lengths = values_.rows_of(whole.value, none<TypeId>);
    access.unit = whole.unit;
    access.more = whole.more;
  }
  std::vector<Touched> parts = values_.touched(pointer, range, complete);
  if (site.source == AccessSource::callee) {
    std::erase_if(parts, [&](const Touched& part) {
      return part.field == none<FieldId> && paths_.global_of(part.place) == none<GlobalId> &&
             paths_.row(paths_.root_of(part.place)).step != StepKind::argument;
    });
    complete = true; // what is not known here is the callee's row
  }
  // User memory is no object of either side; who copies it, and from where, says the call.
  std::erase_if(parts, [&](const Touched& part) { return paths_.is_in_user_space(part.place); });
  const bool with_bit_fields =
      range.size <= 8 &&
      std::any_of(parts.begin(), parts.end(), [](const Touched& part) { return part.bit_field; });
  const bool bulk =
      site.source == AccessSource::memory_intrinsic || site.source == AccessSource::model;
  const bool is_step = site.source == AccessSource::instruction || (bulk && !length);
  const Counted counted = is_step ? loop_bound(pointer, *site.instruction) : Counted{};
  const llvm::Value* index =
      bulk && counted.lengths.empty() ? variable_index(pointer) : counted.start;
  for (const Touched& part : parts) {
    const bool is_element = is_element_behind_pointer(part.place);
    access.length = said_beside(part.place, lengths);
    if (!counted.lengths.empty()) {
      access.length = is_element ? said_beside(part.place, counted.lengths) : none<PathId>;
      access.unit = access.length == none<PathId> ? 1 : counted.unit;
      access.more = access.length == none<PathId> ? 0 : counted.more;
      count_as_declared(pointer, part.place, access);
    }
    const bool begins = is_element && index && (bulk || access.length != none<PathId>);
    access.start = begins ? number_in(index, part.place) : none<PathId>;
    if (const std::optional<u64> inside = length ? open_offset(part.place) : std::nullopt) {
      // What is before it is touched, too.
      access.more = whole.more + static_cast<i64>(*inside) - static_cast<i64>(part.offset_bits / 8);
    }
    const u64 mask = low_bits(part.size_bits);
    if (with_bit_fields && part.partial && part.offset_bits < 64 &&
        (mask << part.offset_bits & bits) == 0) {
      continue;
    }
    access.path = part.place;
    access.field = part.field;
    access.as_pointer = site.source == AccessSource::instruction && range.pointer;
    access.guard = guard_of(*site.instruction, part.place);
    access.commands = commands_of(*site.instruction, part.place);
    access.global = paths_.global_of(part.place);
    // What a sum carries over into a bit-field is no sum of that.
    const bool is_made = site.made.of_bit_field ? part.bit_field && mask << part.offset_bits == bits
                                                : !part.bit_field;
    access.update = is_made ? site.made.update : Update::none;
    if (range.bulk && part.size_bits != 0) {
      access.size = range.size == 0 ? 0 : std::min(range.size, part.size_bits / 8);
    }
    access.must = site.kind == AccessKind::write && complete && part.covered &&
                  values_.of(pointer).size() == 1 && must_write(site, part);
    for (PathId stored : values) {
      access.value = stored;
      summary_.accesses.push_back(access);
      if (access.commands.empty()) {
        summary_.accesses.back().commands = commands_of(*site.instruction, stored);
      }
    }
    if (on_straight_line_ && site.kind != AccessKind::write) {
      read_before_.push_back(part.field);
    }
    if (part.field == none<FieldId> && part.type == none<TypeId> &&
        paths_.row(paths_.root_of(part.place)).step == StepKind::unknown) {
      add_unknown_access(site, pointer);
    }
  }
  if (!complete) {
    access.path = none<PathId>;
    access.field = none<FieldId>;
    access.length = said_beside(access.path, lengths);
    access.global = none<GlobalId>;
    access.update = site.made.update;
    access.size = range.size;
    access.value = values.front();
    access.must = false;
    access.guard = {};
    access.commands.clear();
    summary_.accesses.push_back(access);
    add_unknown_access(site, pointer);
  }
}

namespace {

// Whether members overlap there. `bits` are from the start of `record`.
bool are_several(const Types& types, TypeId record, BitRange bits) {
  const Type& row = types.row(types.strip(record));
  u32 found = 0;
  for (u32 i = 0; i < row.member_count; ++i) {
    const Member& member = types.member(row.first_member + i);
    const i64 begin = static_cast<i64>(member.offset_bits);
    const i64 end = begin + static_cast<i64>(member.size_bits);
    if (bits.begin >= end || bits.end <= begin) {
      continue;
    }
    ++found;
    if (types.is_record(member.type) && found == 1 && row.kind != TypeKind::union_ &&
        are_several(types, member.type, {bits.begin - begin, bits.end - begin})) {
      return true;
    }
  }
  return row.kind == TypeKind::union_ && found > 1;
}

} // namespace

// A pointer to nothing in particular, or a number that has room for one.
bool Accesses::is_untyped(TypeId type) const {
  type = types_.strip(type);
  return types_.is_pointer(type)
             ? types_.pointee(type) == none<TypeId>
             : types_.kind(type) == TypeKind::integer && types_.size(type) == sizeof(u64);
}

// A part of a union, or a pointer whose type does not say to what.
bool Accesses::is_choice(const Path& member) {
  const Field& field = summary_.fields[row(member.field)];
  const i64 begin = static_cast<i64>(field.offset_bits);
  return is_untyped(member.type) ||
         are_several(types_, field.structure,
                     {begin, begin + static_cast<i64>(std::max<u64>(field.size_bits, 1))});
}

Guard Accesses::guard_of(const llvm::Instruction& instruction, PathId place) {
  Guard guard;
  const std::vector<Test>& tests = guards_.of(*instruction.getParent());
  if (tests.empty()) {
    return guard;
  }
  std::vector<PathId> holders; // of members that may be one thing or another
  for (PathId at = place; at != none<PathId>; at = paths_.row(at).parent) {
    const Path& path = paths_.row(at);
    if (path.step == StepKind::field && is_choice(path)) {
      holders.push_back(path.parent);
    }
  }
  for (const Test& test : holders.empty() ? std::vector<Test>() : tests) {
    const std::vector<PathId> rows = values_.rows_of(test.number, none<TypeId>);
    const PathId member = rows.size() == 1 ? rows.front() : none<PathId>;
    if (member == none<PathId> || paths_.row(member).step != StepKind::field ||
        is_choice(paths_.row(member)) ||
        std::ranges::find(holders, paths_.row(member).parent) == holders.end() ||
        types_.size(paths_.row(member).type) * 8 != test.number->getType()->getIntegerBitWidth()) {
      continue;
    }
    if (guard.member == none<PathId>) {
      guard = {member, test.mask, test.values, test.unless};
    } else if (guard.member == member && guard.mask == test.mask) {
      narrow(guard.values, guard.unless, test);
    }
  }
  return guard;
}

std::vector<Guard> Accesses::commands_of(const llvm::Instruction& instruction, PathId place) {
  std::vector<Guard> commands;
  if (place == none<PathId>) {
    return commands;
  }
  const Path& root = paths_.row(paths_.root_of(place));
  const bool is_open = root.step == StepKind::argument && is_untyped(root.type);
  for (const Test& test : is_open ? guards_.of(*instruction.getParent()) : std::vector<Test>()) {
    const std::vector<PathId> rows = llvm::isa<llvm::Argument>(test.number)
                                         ? values_.rows_of(test.number, none<TypeId>)
                                         : std::vector<PathId>();
    if (rows.size() != 1 || paths_.row(rows.front()).step != StepKind::argument) {
      continue;
    }
    const auto known = std::ranges::find_if(commands, [&](const Guard& command) {
      return command.member == rows.front() && command.mask == test.mask;
    });
    if (known == commands.end()) {
      commands.push_back({rows.front(), test.mask, test.values, test.unless});
    } else {
      narrow(known->values, known->unless, test);
    }
  }
  return commands;
}

// Which of these numbers is said of the elements at `place`: the only one, or the one in the object whose
// pointer leads there.
PathId Accesses::said_beside(PathId place, const std::vector<PathId>& numbers) const {
  if (numbers.size() <= 1) {
    return numbers.empty() ? none<PathId> : numbers.front();
  }
  while (place != none<PathId> && paths_.row(place).step != StepKind::dereference) {
    place = paths_.row(place).parent;
  }
  const Path pointer = place == none<PathId> ? Path{} : paths_.row(paths_.row(place).parent);
  PathId found = none<PathId>;
  for (PathId number : numbers) {
    const Path& row = paths_.row(number);
    if (pointer.step != StepKind::field || row.step != StepKind::field ||
        row.parent != pointer.parent) {
      continue;
    }
    if (found != none<PathId>) {
      return none<PathId>;
    }
    found = number;
  }
  return found;
}

PathId Accesses::number_in(const llvm::Value* value, PathId place) {
  const PathId said = said_beside(place, values_.rows_of(strip_casts(value), none<TypeId>));
  return said == none<PathId> ? paths_.root(StepKind::unknown, 0, none<TypeId>) : said;
}

// What is walked in larger steps than its elements are declared is several of these at each.
void Accesses::count_as_declared(const llvm::Value* pointer, PathId place, Access& access) {
  while (place != none<PathId> && paths_.row(place).step != StepKind::element) {
    place = paths_.row(place).parent;
  }
  if (place == none<PathId>) {
    return;
  }
  const TypeId element = paths_.row(place).type;
  const u64 declared =
      element == none<TypeId> ? 1 : types_.size(element); // untyped memory is bytes
  const llvm::Type* walked = step_of(pointer);
  if (access.length == none<PathId> || declared == 0 || !walked) {
    return;
  }
  const u64 step = program_.data_layout.getTypeAllocSize(const_cast<llvm::Type*>(walked));
  const Path length = paths_.row(access.length);
  if (step <= declared || step % declared != 0 || length.integer == up_to_zeroes) {
    return;
  }
  const u64 several = step / declared;
  if (length.step == StepKind::integer) {
    access.length = paths_.integer(length.integer * several);
  } else if (static_cast<i64>(access.unit) > 0) {
    access.unit *= several;
    access.more *= static_cast<i64>(several);
  } else if (0 - access.unit == several) {
    access.unit = 1; // a quotient that is multiplied again
  } else {
    access.length = none<PathId>;
    access.unit = 1;
    access.more = 0;
  }
}

Accesses::Counted Accesses::loop_bound(const llvm::Value* pointer, const llvm::Instruction& user) {
  const std::optional<LoopBound> bound = loops_.bound_of(pointer, user);
  if (!bound) {
    return {};
  }
  if (!bound->value) {
    return {{paths_.integer(bound->constant)}, 1, 0, bound->start};
  }
  const i64 divisor = static_cast<i64>(bound->divisor);
  return {values_.rows_of(bound->value, none<TypeId>),
          bound->divisor == 1 ? bound->unit : 0 - bound->divisor,
          bound->ahead + bound->more * divisor, bound->start};
}

// Of what is a member array without a length or in one of its elements: how far behind that one's start. None of
// any element of another array in it, which is counted for itself.
std::optional<u64> Accesses::open_offset(PathId place) const {
  u64 offset = 0;
  for (bool is_any = false; place != none<PathId>; place = paths_.row(place).parent) {
    const Path& path = paths_.row(place);
    if (path.step == StepKind::field && types_.kind(path.type) == TypeKind::array &&
        types_.size(path.type) == 0) {
      return offset;
    }
    if (is_any || (path.step != StepKind::field && path.step != StepKind::element &&
                   path.step != StepKind::cast)) {
      return std::nullopt;
    }
    is_any = path.step == StepKind::element && path.integer == any_element;
    if (path.step == StepKind::field && path.field != none<FieldId>) {
      offset += summary_.fields[row(path.field)].offset_bits / 8;
    }
  }
  return std::nullopt;
}

// Of several dimensions, and of arrays in what is walked, nothing is said; but of one without a length
// at the end of what is behind the pointer.
bool Accesses::is_element_behind_pointer(PathId place) const {
  u32 elements = 0;
  if (open_offset(place)) {
    return true;
  }
  for (; place != none<PathId>; place = paths_.row(place).parent) {
    const StepKind step = paths_.row(place).step;
    elements += step == StepKind::element;
    if (step != StepKind::element && step != StepKind::field && step != StepKind::cast) {
      return step == StepKind::dereference && elements == 1;
    }
    const PathId parent = paths_.row(place).parent;
    if (step == StepKind::element && parent != none<PathId> &&
        paths_.row(parent).step != StepKind::dereference) {
      return false;
    }
  }
  return false;
}

void Accesses::add_unknown_access(const Site& site, const llvm::Value* pointer) {
  const Touches touches{site.kind != AccessKind::write, site.kind != AccessKind::read};
  if (llvm::isa<llvm::IntToPtrInst>(pointer->stripInBoundsOffsets())) {
    add_unknown(*site.instruction, UnknownReason::integer_to_pointer,
                "access through a computed address", touches);
  } else {
    add_unknown(*site.instruction, UnknownReason::unknown_pointer,
                "access through a pointer of unknown origin and type", touches);
  }
}

void Accesses::add_unknown(const llvm::Instruction& instruction, UnknownReason reason,
                           std::string what, Touches touches) {
  Unknown unknown;
  unknown.function = paths_.owner();
  unknown.instruction = program_.instruction(&instruction);
  unknown.reason = reason;
  unknown.reads = touches.reads;
  unknown.writes = touches.writes;
  unknown.what = std::move(what);
  unknown.loc = program_.loc_of(instruction);
  if (!summary_.unknowns.empty()) {
    Unknown& last = summary_.unknowns.back();
    if (last.function == unknown.function && last.instruction == unknown.instruction &&
        last.what == unknown.what) {
      last.reads |= unknown.reads;
      last.writes |= unknown.writes;
      return;
    }
  }
  summary_.unknowns.push_back(std::move(unknown));
}

// A model says what may be written; an element of an array is not the whole field.
bool Accesses::must_write(const Site& site, const Touched& part) const {
  const StepKind step = paths_.row(part.place).step;
  if (step == StepKind::dereference && part.field == none<FieldId>) {
    return on_straight_line_ && site.source == AccessSource::instruction;
  }
  return on_straight_line_ && part.field != none<FieldId> &&
         (site.source == AccessSource::instruction ||
          site.source == AccessSource::memory_intrinsic) &&
         step == StepKind::field &&
         std::find(read_before_.begin(), read_before_.end(), part.field) == read_before_.end();
}

void Accesses::add_lock_row(const llvm::Instruction& instruction, LockAction action,
                            std::string_view family, std::string_view name, PathId lock) {
  if (is_lock_function_) {
    return;
  }
  LockOperation operation;
  operation.function = paths_.owner();
  operation.instruction = program_.instruction(&instruction);
  operation.action = action;
  operation.family = family;
  operation.name = name;
  operation.lock = lock;
  if (lock != none<PathId>) {
    operation.field = paths_.field_of(lock);
    operation.global = paths_.global_of(lock);
  }
  operation.loc = program_.loc_of(instruction);
  summary_.locks.push_back(std::move(operation));
}

void Accesses::add_atomic(const llvm::Instruction& instruction, const llvm::Value* pointer,
                          std::string_view name) {
  const auto* exchange = llvm::dyn_cast<llvm::AtomicCmpXchgInst>(&instruction);
  llvm::Type* type = exchange ? exchange->getNewValOperand()->getType() : instruction.getType();
  const llvm::Value* value = exchange ? exchange->getNewValOperand() : instruction.getOperand(1);
  add_access({&instruction, AccessKind::update, AccessSource::instruction, made_by(instruction)},
             pointer, {program_.data_layout.getTypeStoreSize(type), type->isPointerTy(), false},
             type->isPointerTy() ? value : nullptr);
  for (PathId place : values_.objects(pointer, none<TypeId>)) {
    add_lock_row(instruction, LockAction::atomic, "atomic", name, place);
  }
}

} // namespace ks::pdg
