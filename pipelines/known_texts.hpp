// SPDX-License-Identifier: MIT
// The files of pipelines/known/, by KnownTable; known.cmake makes the source from them.

#pragma once

#include "pipelines/known.hpp"

namespace ks {

extern const std::array<std::string_view, known_table_count> known_paths;
extern const std::array<std::string_view, known_table_count> known_texts;

} // namespace ks
