// SPDX-License-Identifier: MIT

#include "ks-idl/verdicts.hpp"

#include <algorithm>

namespace ks::idl {
namespace {

using enum Verdict;

// Slugs of ks-prune, ks-sync and ks-idl; those that begin with "class-" or end with "-contents", "-size"
// or "-argument" and are in no manual's DIAGNOSTICS are readiness.cpp's own.
constexpr Settled table[] = {
    {"ambiguous-union", refused,
     "overlay: struct T { TYPE [in, when<{{self->TAG == N}}>] MEMBER; }"},
    {"block-size", wide, "overlay: struct T { array<TYPE, {{self->N}}> [in] *MEMBER; }"},
    {"by-address", wide, "build: direct or xcore, where the domain shares the kernel's memory"},
    {"callee-by-type", wide, "analysis: which functions are stored where the pointer comes from"},
    {"class-another", wide, "analysis: which object the driver's code has put on the way"},
    {"class-cut", wide, "analysis: a larger tree for this crossing"},
    {"class-elsewhere", wide, "analysis: a path from a variable or a list"},
    {"class-hidden", wide, "known: a row of headers for the struct on the way"},
    {"class-lost", wide, "analysis: what leads to the object"},
    {"class-meanwhile", wide, "analysis: which object the driver's code has touched"},
    {"flexible-array", refused, "overlay: struct T { tail {{BYTES}} [in]; }"},
    {"followed-argument", refused, "overlay: argument FUNCTION 0 : array<u8, {{BYTES}}> *NAME;"},
    {"followed-member", refused, "overlay: struct T { array<u8, {{self->N}}> [in] *MEMBER; }"},
    {"followed-number", wide, "overlay: struct T { projection [in, number] *MEMBER; }"},
    {"followed-pointer", wide, "overlay: struct T { projection [in] *MEMBER; }"},
    {"format-extension", refused, "analysis: that conversion in the domain's own formatting"},
    {"guessed-size", wide, "overlay: argument FUNCTION 0 : array<TYPE, {{SIZE}}> *NAME;"},
    {"kept-contents", wide, "analysis: which crossings change what a member leads to"},
    {"kept-table", refused, "analysis: who stores in the table later"},
    {"kernel-access", refused, "analysis: the type of that memory"},
    {"kernel-global", refused, "analysis: a type of which a value can cross"},
    {"kernel-pointer", refused, "analysis: the type of the function behind the pointer"},
    {"local-identity", wide,
     "overlay: argument FUNCTION 0 : projection [alloc_stack(callee)] *NAME;"},
    {"nested-arrays", wide, "analysis: parts of arrays in arrays"},
    {"no-prototype", refused, "kernel: debug info for the unit that defines it"},
    {"null-only", refused, "overlay: argument FUNCTION 0 : TYPE *NAME;"},
    {"per-cpu-argument", wide, "analysis: whether all processors' memory is meant"},
    {"per-cpu-field", refused, "analysis: per-CPU memory that is no struct"},
    {"pointer-result", refused, "overlay: result FUNCTION : handle<struct T> *;"},
    {"pointer-to-pointer", refused, "overlay: argument FUNCTION 0 : array<TYPE *, {{N}}> *NAME;"},
    {"private-header", refused, "known: a row of headers"},
    {"several-structs", wide, "analysis: by what the structs in that memory are told apart"},
    {"struct-by-value", refused, "analysis: memory behind a member of a copy"},
    {"tree-too-large", wide, "analysis: a larger tree for this crossing"},
    {"two-layouts", wide, "build: one configuration for both units"},
    {"undefined-import", wide, "kernel: bitcode of the unit that defines it"},
    {"undo-left-out", exact, "known: a row of undo with arguments that cross"},
    {"unknown-callee", wide, "analysis: what is stored where the pointer comes from"},
    {"unknown-command", refused, "overlay: argument FUNCTION 0 : TYPE *NAME;"},
    {"unknown-contents", refused, "overlay: struct T { array<u8, {{BYTES}}> [out] *MEMBER; }"},
    {"unknown-function", refused, "analysis: which functions are stored there"},
    {"unknown-size", wide, "overlay: argument FUNCTION 0 : array<TYPE, {{SIZE}}> *NAME;"},
    {"unnameable-function", refused, "analysis: another name for the symbol"},
    {"unnamed-container", wide, "analysis: parts of structs without a name"},
    {"unnamed-field", refused, "analysis: members of structs without a name"},
    {"unnamed-struct", refused, "analysis: structs without a name"},
    {"unreached-entry", wide, "analysis: what the kernel stores the function in"},
    {"unreached-field", refused,
     "overlay: struct T { projection <struct U> [at<{{BYTES}}>, in] *MEMBER; }"},
    {"unsent-tail", refused, "overlay: struct T { tail {{BYTES}} [out]; }"},
    {"unsupported-array", refused, "analysis: arrays of buffers"},
    {"untyped-access", refused, "analysis: the type of that memory"},
    {"variadic-function", refused, "overlay: argument FUNCTION 0 : string [format] *NAME;"},
};

} // namespace

std::span<const Settled> settled_table() { return table; }

Settled find_settled(std::string_view slug) {
  const Settled* found = std::ranges::lower_bound(table, slug, {}, &Settled::slug);
  return found != std::end(table) && found->slug == slug ? *found : Settled{slug, refused, {}};
}

} // namespace ks::idl
