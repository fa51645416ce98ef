// SPDX-License-Identifier: MIT
// What the sync sets say of members and arguments that can be several things.

#pragma once

#include "ks-idl/infer.hpp"

#include <string>
#include <vector>

namespace ks::idl {

// "rd.to" of "msg.rd.to".
std::string member_of(const Field& field);

// All that the member can be; empty if it is one thing, or nothing tells.
std::vector<const SyncArm*> arms_of(const Inference& inference, FieldId place);

// When it is that, as a C expression; empty if always.
std::string when_text(const Inference& inference, const SyncArm& arm);

// The same of an argument, by one of this type and name.
std::vector<const SyncCommand*> commands_of(const Inference& inference, CrossingId crossing,
                                            u32 argument);
std::string when_text(const Inference& inference, const SyncCommand& command, TypeId type,
                      const std::string& name);

// commands.cpp
// Whether another argument tells that something of it crosses.
bool is_told(const Inference& inference, CrossingId id, u32 index);
// What an argument is, each thing with its values of the one that tells, under the arguments' names.
std::vector<IdlDeclaration> infer_commands(Inference& inference, CrossingId id,
                                           const std::string& function,
                                           const std::vector<std::string>& names, u32 index);

// What C calls the member when it is that.
struct ArmMember {
  std::string name;
  TypeId type{no_row};
  bool is_number = false; // a pointer for which C has a number, or a pointer to something else
};
ArmMember arm_member(const Inference& inference, const SyncArm& arm);

} // namespace ks::idl
