// SPDX-License-Identifier: MIT
// What an instruction makes of what was in memory: an atomic one, or a store of a value that is
// computed from a load from the same address. Stores whose address is computed anew, by another load
// of a pointer, say, are none: then nothing is known.

#pragma once

#include "ks-pdg/pdg.hpp"

#include <llvm/IR/Instructions.h>

namespace ks::pdg {

struct Made {
  Update update{};
  bool used = false; // what was or is there goes elsewhere, too
  bool of_bit_field = false; // of a part of the unit that is read and written; else of all of it
};

Made made_by(const llvm::StoreInst& store);
// Of a load: by the store of what is computed from it.
Made made_from(const llvm::LoadInst& load);
// Of an atomic instruction.
Made made_by(const llvm::Instruction& atomic);

} // namespace ks::pdg
