// SPDX-License-Identifier: MIT
// Arguments whose memory is taken for several structures: a general one that the function names, and
// longer or other ones that its callers pass and it casts to, such as addresses of sockets.
//
// Fields of one structure say nothing about those of another, though they share their bytes. So if no
// structure has a pointer in it, what crosses is bytes: as many as are there in every object that is
// passed, which is what all structures of the callers' have in common, or the callee sees at most. Of a
// pointer that the caller has from elsewhere nobody knows what lies there: it is as much as the callee looks
// at, without a domain too. A structure that begins with the general one is a whole round it (Containers),
// and is none of these.

#pragma once

#include "ks-sync/crossings.hpp"

namespace ks::sync {

class Views {
public:
  Views(const Analysis& analysis, const Parameter& parameter);

  // What a caller passes; after all that is seen.
  void add_passed(PathId value);
  // As what a function sees memory behind its argument.
  void add_seen(FunctionId callee);
  // 0 if it is one structure, or one that must cross as an object.
  u64 bytes() const;

private:
  bool is_flat(TypeId structure, u32 depth = 0) const;
  bool is_another(TypeId structure) const;

  const Analysis& a_;
  u32 index_;
  TypeId said_; // by the parameter's type
  bool several_ = false;
  bool flat_ = false; // all of them
  u64 seen_; // most bytes that are looked at, or there
  u64 looked_at_; // by those that are called
  u64 passed_ = ~u64{0}; // bytes that are there at least
};

} // namespace ks::sync
