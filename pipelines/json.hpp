// SPDX-License-Identifier: MIT
// Artifact <-> JSON Lines, driven by KS_DESCRIBE: one row per line with its table
// and row number first, C++ member names as keys, enumerations by name, row
// numbers as numbers (none is null). The first line is the head. Streams:
// neither direction ever holds the whole text of a table.
//
//   {"table":"head","kind":"shared","version":1,"ancestors":{"pruned":"..."}}
//   {"table":"fields","row":0,"field":12,"name":"net_device.flags",...}
//
// A struct in a row is an object, a vector in a row an array. A table of bare values has
// the key "value". Of several ancestors of one kind, the hashes are an array. A byte of a
// string that is not part of valid UTF-8 is U+10F000 plus that byte.
//
// For input written by hand: blank lines and lines that start with # are skipped, and a key
// that is left out has the value a new row has.

#pragma once

#include "pipelines/artifact.hpp"

#include <iosfwd>

namespace ks {

// Writes every row of `artifact`; the head line comes from `head`.
template <class T>
void dump_json(const T& artifact, const Head& head, std::ostream& out);

// Reads what dump_json wrote. Tables may be in any order, rows must be in order.
// Fails with "PATH:LINE: why" on anything else. `ancestors` receives the head's.
template <class T>
T load_json(std::istream& in, const std::string& path, std::vector<Ancestor>& ancestors);

} // namespace ks

#include "pipelines/json_print.hpp"
#include "pipelines/json_read.hpp"
