// SPDX-License-Identifier: MIT
// Descriptions that do not compile; KS_LIST is one of them, or the one that does: a, b.

#include "pipelines/describe.hpp"

struct Row {
  int a = 0;
  int b = 0;

  KS_DESCRIBE(KS_LIST)
};
