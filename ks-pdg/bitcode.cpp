// SPDX-License-Identifier: MIT
#include "ks-pdg/bitcode.hpp"

#include "ks-pdg/user_memory.hpp"

#include "pipelines/diag.hpp"

#include <llvm/ADT/DenseSet.h>
#include <llvm/Analysis/CGSCCPassManager.h>
#include <llvm/Analysis/LoopAnalysisManager.h>
#include <llvm/BinaryFormat/Magic.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Verifier.h>
#include <llvm/IRReader/IRReader.h>
#include <llvm/Object/ObjectFile.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Transforms/Scalar/LowerConstantIntrinsics.h>
#include <llvm/Transforms/Scalar/SCCP.h>
#include <llvm/Transforms/Scalar/SROA.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>

namespace ks::pdg {
namespace {

std::string first_line(std::string text) {
  text.resize(std::min(text.find('\n'), text.size()));
  return text;
}

// A debug record that refers to what the reader had to drop, and the like.
class Quiet : public llvm::DiagnosticHandler {
public:
  bool handleDiagnostics(const llvm::DiagnosticInfo&) override { return true; }
};

void add_reachable(const llvm::Value* from, llvm::DenseSet<const llvm::Value*>& seen,
                   std::vector<const llvm::Value*>& work) {
  if (llvm::isa<llvm::Constant>(from) && !llvm::isa<llvm::ConstantData>(from) &&
      seen.insert(from).second) {
    work.push_back(from);
  }
}

// Section .llvmbc, which -fembed-bitcode makes (LLVM's own finder knows .llvm.lto only).
std::string_view embedded_bitcode(const std::string& path, llvm::MemoryBufferRef buffer) {
  auto object = llvm::object::ObjectFile::createObjectFile(buffer);
  if (!object) {
    fail("{}: cannot read object file: {}", path, first_line(llvm::toString(object.takeError())));
  }
  for (const llvm::object::SectionRef& section : (*object)->sections()) {
    llvm::Expected<llvm::StringRef> name = section.getName();
    llvm::Expected<llvm::StringRef> contents = section.getContents();
    if (name && contents && *name == ".llvmbc" && contents->size() > 1) {
      return {contents->data(), contents->size()};
    }
    llvm::consumeError(name.takeError());
    llvm::consumeError(contents.takeError());
  }
  fail("{}: object file without embedded bitcode (section .llvmbc)", path);
}

// An object that is linked from others has the bitcode of each, one behind the other. Only of use
// where reading has failed: these bytes may be those of a constant, too.
bool may_be_several(llvm::StringRef bitcode) {
  return bitcode.drop_front(1).contains("BC\xC0\xDE");
}

// Local functions that nothing refers to any more. A global that has a section of its
// own is read by a linker script or a tool, whatever the module says.
void remove_unused(llvm::Module& module) {
  llvm::DenseSet<const llvm::Value*> seen;
  std::vector<const llvm::Value*> work;
  for (const llvm::GlobalObject& object : module.global_objects()) {
    if (!object.hasLocalLinkage() ||
        (llvm::isa<llvm::GlobalVariable>(object) && object.hasSection())) {
      add_reachable(&object, seen, work);
    }
  }
  for (const llvm::GlobalAlias& alias : module.aliases()) {
    add_reachable(&alias, seen, work);
  }
  while (!work.empty()) {
    const llvm::Value* at = work.back();
    work.pop_back();
    for (const llvm::Use& use : llvm::cast<llvm::User>(at)->operands()) {
      add_reachable(use.get(), seen, work);
    }
    if (const auto* function = llvm::dyn_cast<llvm::Function>(at)) {
      for (const llvm::Instruction& instruction : llvm::instructions(function)) {
        for (const llvm::Use& use : instruction.operands()) {
          add_reachable(use.get(), seen, work);
        }
      }
    }
  }
  std::vector<llvm::Function*> unused;
  for (llvm::Function& function : module) {
    if (function.hasLocalLinkage() && !function.isDeclaration() && !seen.contains(&function)) {
      unused.push_back(&function);
    }
  }
  for (llvm::Function* function : unused) {
    function->deleteBody();
    function->setLinkage(llvm::GlobalValue::ExternalLinkage);
  }
  for (llvm::Function* function : unused) {
    function->removeDeadConstantUsers();
    if (function->use_empty()) {
      function->eraseFromParent();
    }
  }
}

} // namespace

std::string_view find_bitcode(const std::string& path, std::string_view bytes) {
  // LLVM takes nothing at all for the text of an empty module.
  if (bytes.empty()) {
    fail("{}: empty", path);
  }
  const llvm::MemoryBufferRef buffer(llvm::StringRef(bytes.data(), bytes.size()), path);
  const llvm::file_magic magic = llvm::identify_magic(buffer.getBuffer());
  if (magic == llvm::file_magic::elf_relocatable) {
    return embedded_bitcode(path, buffer);
  }
  if (magic != llvm::file_magic::bitcode && magic != llvm::file_magic::unknown) {
    fail("{}: neither bitcode nor an object file that embeds it", path);
  }
  return bytes;
}

std::unique_ptr<llvm::Module> parse_module(const std::string& path, std::string_view bitcode,
                                           llvm::LLVMContext& context) {
  context.setDiagnosticHandler(std::make_unique<Quiet>());
  // A copy, for its end: the reader of text wants a NUL there.
  const std::unique_ptr<llvm::MemoryBuffer> buffer =
      llvm::MemoryBuffer::getMemBufferCopy(llvm::StringRef(bitcode.data(), bitcode.size()), path);
  llvm::SMDiagnostic error;
  std::unique_ptr<llvm::Module> module = llvm::parseIR(*buffer, error, context);
  if (!module && may_be_several(buffer->getBuffer())) {
    fail("{}: holds the bitcode of several units: give the objects that it is linked from", path);
  }
  if (!module) {
    fail("{}: cannot read bitcode: {}", path, first_line(error.getMessage().str()));
  }
  if (llvm::verifyModule(*module)) {
    fail("{}: malformed bitcode", path);
  }
  return module;
}

void normalize(llvm::Module& module, const Tables& tables) {
  replace_user_accesses(module, tables);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);

  llvm::FunctionPassManager passes;
  passes.addPass(llvm::SROAPass(llvm::SROAOptions::PreserveCFG));
  passes.addPass(llvm::LowerConstantIntrinsicsPass());
  passes.addPass(llvm::SCCPPass());
  passes.addPass(
      llvm::SimplifyCFGPass(llvm::SimplifyCFGOptions().hoistLoadsStoresWithCondFaulting(false)));
  llvm::ModulePassManager manager;
  manager.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(passes)));
  manager.run(module, modules);
  remove_unused(module);
}

} // namespace ks::pdg
