// SPDX-License-Identifier: MIT
#include "pipelines/ninja/pipeline.hpp"

#include "pipelines/ninja/ninja_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ks {
namespace {

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? "" : " ";
    text += word;
  }
  return text;
}

class Printer {
public:
  Printer(const Pipeline& pipeline, const KernelBuild& build) : p_(pipeline), build_(build) {}

  std::string print();

private:
  std::string tool(const std::string& name) const { return p_.tools + "/" + name; }
  std::string script(const std::string& name) const { return p_.scripts + "/" + name; }
  std::string folder(const KernelModule& module) const { return p_.out + "/" + module.name; }
  std::string artifact(const KernelModule& module, const std::string& kind) const {
    return folder(module) + "/" + module.name + "." + kind;
  }
  std::string pdg(const KernelUnit& unit) const {
    return p_.out + "/pdg/" + unit.object.substr(0, unit.object.rfind('.')) + ".pdg";
  }
  std::vector<std::string> generated_c(const KernelModule& module) const {
    const std::string stem = folder(module) + "/modules/c/" + module.name;
    std::vector<std::string> paths;
    for (const char* ending : {"_driver.c", "_kernel.c", ".h", "_types.h", ".symbols",
                               ".globalize", ".clones", ".kbuild"}) {
      paths.push_back(stem + ending);
    }
    return paths;
  }
  std::vector<std::string> driver_pdgs(const KernelModule& module) const {
    std::vector<std::string> paths;
    for (const u32 unit : module.units) {
      paths.push_back(pdg(build_.units[unit]));
    }
    return paths;
  }

  void print_rules();
  void print_units();
  void print_runtime();
  void print_driver(const Driver& driver);
  void print_stage(const Stage& stage, const KernelModule& module);
  void print_modules(const KernelModule& module);
  void print_run(const Driver& driver);
  void print_summary(const KernelModule& module);
  void print_attempts();
  void print_targets();

  const Pipeline& p_;
  const KernelBuild& build_;
  NinjaText ninja_;
};

void Printer::print_rules() {
  // A stage's warnings are kept beside what it wrote, for the summary.
  const std::string logged = "$options $in -o $target 2>$target.log; s=$$?; cat $target.log >&2; "
                             "exit $$s";
  for (const Stage& stage : p_.stages) {
    const bool unit = stage.writes == "pdg";
    const std::string command = unit ? " -q $in -o $out" : " " + logged;
    ninja_.rule(stage.name, {{"command", "$tools/" + stage.name + command},
                             {"description", stage.name + (unit ? " $out" : " $target")},
                             {"restat", "1"}});
  }
  ninja_.rule("copy", {{"command", "cp $in $out"}, {"description", "copy $out"}});
  ninja_.rule("write", {{"command", "printf '%s\\n' $lines >$out"}, {"description", "write $out"}});
  ninja_.rule("isolate", {{"command", script("isolate") +
                                          " --kernel=$kernel --flags=$lists/flags "
                                          "--units=$lists/units --c=$folder/c --name=$name "
                                          "--object=$kernel/$object -o $out"},
                          {"description", "isolate $out"},
                          {"depfile", "$out.d"},
                          {"deps", "gcc"}});
  ninja_.rule("kbuild", {{"command", "make -C $kernel M=$$PWD/$folder LLVM=-22 $variables modules "
                                     ">$folder.log 2>&1 || { tail -n 20 $folder.log >&2; exit 1; }"},
                         {"description", "kbuild $folder"},
                         {"restat", "1"}});
  ninja_.rule("run", {{"command", "$tools/ks-vm -q --kernel=$kernel/arch/x86/boot/bzImage "
                                  "$options --console=$out.console && mv $out.console $out"},
                      {"description", "run $out"},
                      {"pool", "console"}});
  ninja_.rule("summary", {{"command", script("summary") + " --tools=$tools --name=$name "
                                      "$folder >$out"},
                          {"description", "summary $out"}});
  ninja_.rule("attempt", {{"command", script("attempt") +
                                          " --tools=$tools --kernel=$kernel "
                                          "--flags=$lists/flags --list=$list --name=$name "
                                          "--stages=" + script("stages") + " $options -o $out $in"},
                          {"description", "attempt $name"}});
  ninja_.rule("table", {{"command", "(" + script("attempt") + " --stages=" + script("stages") +
                                        " --heading; cat $in) >$out"},
                        {"description", "table $out"}});
  ninja_.rule("ks-ninja", {{"command", p_.regenerate},
                           {"description", "ks-ninja $out"},
                           {"generator", "1"},
                           {"restat", "1"}});
}

void Printer::print_units() {
  std::vector<std::string> pdgs;
  for (const KernelUnit& unit : build_.units) {
    pdgs.push_back(pdg(unit));
    ninja_.build(
        {{pdgs.back()}, "ks-pdg", {build_.tree + "/" + unit.object}, {tool("ks-pdg")}, {}});
  }
  ninja_.alias("pdg", pdgs);
}

// ks-rt is copied first: kbuild writes its objects beside the sources.
void Printer::print_runtime() {
  std::vector<std::string> copies;
  for (const std::string& source : p_.runtime) {
    copies.push_back(p_.out + "/" + source);
    ninja_.build({{copies.back()}, "copy", {source}, {}, {}});
  }
  const std::string folder = p_.out + "/ks-rt/linux";
  ninja_.build({{folder + "/ks_rt.ko", folder + "/Module.symvers"},
                "kbuild",
                {},
                copies,
                {{"folder", folder}}});
}

void Printer::print_stage(const Stage& stage, const KernelModule& module) {
  NinjaEdge edge{{artifact(module, stage.writes)}, stage.name, {}, {tool(stage.name)}, {}};
  std::string options;
  for (const std::string& kind : stage.reads) {
    if (kind == "pdg") {
      const std::string list = p_.out + "/lists/" + module.name + ".kernel";
      options += " --kernel-list=" + list;
      for (const std::string& path : driver_pdgs(module)) {
        options += " --driver=" + path;
      }
      // Each by name: Ninja forgets the times of what is behind an alias when a rule leaves
      // its output as it was.
      edge.implicit.push_back(list);
      for (const KernelUnit& unit : build_.units) {
        edge.implicit.push_back(pdg(unit));
      }
    } else if (kind == "overlay") {
      options += " --module=" + module.name;
      for (const std::string& overlay : p_.overlays) {
        options += " --overlay=" + overlay;
        edge.implicit.push_back(overlay);
      }
    } else {
      edge.inputs.push_back(artifact(module, kind));
    }
  }
  std::string target = edge.outputs.front();
  if (stage.writes == "c") {
    edge.outputs = generated_c(module);
    target = folder(module) + "/modules/c";
  }
  edge.bindings = {{"options", options.substr(std::min<std::size_t>(1, options.size()))},
                   {"target", target}};
  ninja_.build(edge);
}

void Printer::print_modules(const KernelModule& module) {
  const std::string where = folder(module) + "/modules";
  const std::string isolated = where + "/" + module.name + "_isolated.o_shipped";
  NinjaEdge isolate{{isolated}, "isolate", generated_c(module), {}, {}};
  isolate.implicit = {build_.tree + "/" + module.object, p_.out + "/lists/flags",
                      p_.out + "/lists/units", p_.out + "/ks-rt/linux/Module.symvers",
                      script("isolate")};
  isolate.bindings = {{"folder", where}, {"name", module.name}, {"object", module.object}};
  ninja_.build(isolate);

  const std::string driver = module.name + "_driver", kernel = module.name + "_kernel";
  ninja_.build({{where + "/Kbuild"},
                "write",
                {},
                {},
                {{"lines", fmt::format("'include $$(src)/c/{2}.kbuild' 'obj-m := {0}.o {1}.o' "
                                       "'{0}-y := {2}_isolated.o' "
                                       "'{1}-y := $$(addprefix c/,$$(ks-kernel-glue))' "
                                       "'ccflags-y += -I$$(KS_ROOT) -I$$(src)/c -I$$(srctree)'",
                                       driver, kernel, module.name)}}});
  NinjaEdge kbuild{{where + "/" + driver + ".ko", where + "/" + kernel + ".ko"}, "kbuild", {}, {}, {}};
  kbuild.implicit = generated_c(module);
  kbuild.implicit.insert(kbuild.implicit.end(),
                         {isolated, where + "/Kbuild", p_.out + "/ks-rt/linux/Module.symvers"});
  kbuild.bindings = {{"folder", where},
                     {"variables", "KS_ROOT=$$PWD KBUILD_EXTRA_SYMBOLS=$$PWD/" + p_.out +
                                       "/ks-rt/linux/Module.symvers"}};
  ninja_.build(kbuild);
}

void Printer::print_run(const Driver& driver) {
  const std::string where = folder(*driver.module);
  NinjaEdge edge{{where + "/run.log"}, "run", {}, {}, {}};
  const std::vector<std::string> modules = {
      p_.out + "/ks-rt/linux/ks_rt.ko", where + "/modules/" + driver.module->name + "_driver.ko",
      where + "/modules/" + driver.module->name + "_kernel.ko"};
  std::vector<std::string> options;
  for (const std::string& module : modules) {
    options.push_back("--module=" + module);
  }
  options.push_back("--script=" + driver.use.script);
  for (const std::string& name : driver.use.tools) {
    options.push_back("--tool=" + name);
  }
  edge.implicit = modules;
  edge.implicit.insert(edge.implicit.end(), {driver.use.script, driver.use_path, tool("ks-vm"),
                                             build_.tree + "/arch/x86/boot/bzImage"});
  edge.bindings = {{"options", join(options)}};
  ninja_.build(edge);
}

void Printer::print_summary(const KernelModule& module) {
  NinjaEdge edge{{folder(module) + "/summary.txt"}, "summary", {}, {script("summary")}, {}};
  for (const Stage& stage : p_.stages) {
    if (stage.writes != "pdg" && stage.writes != "c") {
      edge.implicit.push_back(artifact(module, stage.writes));
    }
  }
  edge.bindings = {{"folder", folder(module)}, {"name", module.name}};
  ninja_.build(edge);
}

void Printer::print_driver(const Driver& driver) {
  ninja_.comment(driver.module->name);
  for (const Stage& stage : p_.stages) {
    if (stage.writes != "pdg") {
      print_stage(stage, *driver.module);
    }
  }
  print_modules(*driver.module);
  print_summary(*driver.module);
  if (!driver.use.script.empty()) {
    print_run(driver);
  }
}

// How far each module of the kernel gets. An attempt never fails; it writes one line.
void Printer::print_attempts() {
  std::vector<std::string> implicit = {"pdg", script("attempt"), script("stages"),
                                       p_.out + "/lists/flags"};
  implicit.insert(implicit.end(), p_.overlays.begin(), p_.overlays.end());
  for (const Stage& stage : p_.stages) {
    implicit.push_back(tool(stage.name));
  }
  std::string overlays;
  for (const std::string& overlay : p_.overlays) {
    overlays += (overlays.empty() ? "--overlay=" : " --overlay=") + overlay;
  }
  std::vector<std::string> lines;
  for (const KernelModule& module : build_.modules) {
    lines.push_back(p_.out + "/all/" + module.name + "/status.tsv");
    ninja_.build({{lines.back()},
                  "attempt",
                  driver_pdgs(module),
                  implicit,
                  {{"name", module.name},
                   {"list", p_.out + "/lists/" + module.name + ".kernel"},
                   {"options", overlays}}});
  }
  ninja_.build({{p_.out + "/modules.tsv"}, "table", lines, {script("attempt")}, {}});
  ninja_.alias("all-modules", {p_.out + "/modules.tsv"});
}

void Printer::print_targets() {
  const auto each = [&](const auto& add) {
    std::vector<std::string> targets;
    for (const Driver& driver : p_.drivers) {
      add(targets, driver);
    }
    return targets;
  };
  for (const Stage& stage : p_.stages) {
    if (stage.writes == "pdg") {
      continue;
    }
    ninja_.alias(stage.name.substr(3), each([&](auto& targets, const Driver& driver) {
                   targets.push_back(stage.writes == "c" ? generated_c(*driver.module).front()
                                                         : artifact(*driver.module, stage.writes));
                 }));
  }
  const auto modules = each([&](auto& targets, const Driver& driver) {
    const std::string stem = folder(*driver.module) + "/modules/" + driver.module->name;
    targets.insert(targets.end(), {stem + "_driver.ko", stem + "_kernel.ko"});
  });
  const auto summaries = each([&](auto& targets, const Driver& driver) {
    targets.push_back(folder(*driver.module) + "/summary.txt");
  });
  ninja_.alias("modules", modules);
  ninja_.alias("summary", summaries);
  ninja_.alias("run", each([&](auto& targets, const Driver& driver) {
                 if (!driver.use.script.empty()) {
                   targets.push_back(folder(*driver.module) + "/run.log");
                 }
               }));
  ninja_.defaults(p_.drivers.empty() ? std::vector<std::string>{"pdg"}
                                     : std::vector<std::string>{"modules", "summary"});
}

std::string Printer::print() {
  ninja_.comment("Written by ks-ninja for Linux " + build_.release +
                 "; ninja writes it again when its inputs change.");
  ninja_.variable("ninja_required_version", "1.10");
  ninja_.variable("builddir", p_.out);
  ninja_.variable("tools", p_.tools);
  ninja_.variable("kernel", build_.tree);
  ninja_.variable("lists", p_.out + "/lists");
  print_rules();
  ninja_.build({{p_.file}, "ks-ninja", {}, p_.made_from, {}});
  print_units();
  print_runtime();
  for (const Driver& driver : p_.drivers) {
    print_driver(driver);
  }
  print_attempts();
  print_targets();
  return ninja_.text();
}

} // namespace

std::string print_ninja(const Pipeline& pipeline, const KernelBuild& build) {
  return Printer(pipeline, build).print();
}

std::vector<std::pair<std::string, std::string>> list_files(const Pipeline& pipeline,
                                                            const KernelBuild& build) {
  std::vector<std::pair<std::string, std::string>> files;
  const std::string lists = pipeline.out + "/lists/";
  std::string flags;
  for (const std::string& word : build.compile_words) {
    flags += word + "\n";
  }
  files.emplace_back(lists + "flags", flags);
  std::vector<std::string> pdgs;
  std::string units;
  for (const KernelUnit& unit : build.units) {
    units += unit.source + "\t" + unit.object + "\n";
    pdgs.push_back(pipeline.out + "/pdg/" + unit.object.substr(0, unit.object.rfind('.')) +
                   ".pdg\n");
  }
  files.emplace_back(lists + "units", units);
  for (const KernelModule& module : build.modules) {
    std::string kernel;
    for (u32 unit = 0; unit < pdgs.size(); ++unit) {
      if (std::find(module.units.begin(), module.units.end(), unit) == module.units.end()) {
        kernel += pdgs[unit];
      }
    }
    files.emplace_back(lists + module.name + ".kernel", kernel);
  }
  return files;
}

} // namespace ks
