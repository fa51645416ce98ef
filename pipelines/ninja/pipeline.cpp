// SPDX-License-Identifier: MIT
#include "pipelines/ninja/pipeline.hpp"

#include "pipelines/ninja/ninja_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ks::ninja {
namespace {

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? "" : " ";
    text += word;
  }
  return text;
}

// How domains are reached. The kernel's end of a driver is the same for all of them.
struct Transport {
  const char* name;
  const char* suffix;  // of folders and targets
  const char* runtime; // where ks-rt is copied to, below the folder for all output
  std::vector<std::string> modules; // of ks-rt
  const char* drivers; // the suffix of the transport whose driver's module serves this one too
  const char* emulator; // and its options
};

const std::vector<Transport>& transports() {
  static const std::vector<Transport> all = {
      {"direct", "", "/ks-rt", {"ks_rt"}, "", "qemu"},
      // The unwinder, from an interrupt, says once that it does not know asynchronous threads' stacks.
      {"xcore",
       "-xcore",
       "/xcore/ks-rt",
       {"ks_rt"},
       "",
       "qemu --smp=2 --allow='frame pointer at .* has bad value'"},
      {"vmfunc", "-vmfunc", "/vmfunc/ks-rt", {"ks_visor", "ks_rt"}, "-vmfunc", "bochs"}};
  return all;
}

bool works_with(const Driver& driver, const Transport& transport) {
  return std::ranges::find(driver.use.without, transport.name) == driver.use.without.end();
}

// Where the graph of a unit is, below a folder for output.
std::string pdg_below(const std::string& folder, const KernelUnit& unit) {
  return folder + "/pdg/" + unit.object.substr(0, unit.object.rfind('.')) + ".pdg";
}

bool links_units(const Stage& stage) {
  return std::find(stage.reads.begin(), stage.reads.end(), "pdg") != stage.reads.end();
}

// It writes an interface, and knows what of it is exact.
bool infers_interface(const Stage& stage) {
  return std::find(stage.reads.begin(), stage.reads.end(), "overlay") != stage.reads.end();
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
  std::string pdg(const KernelUnit& unit) const { return pdg_below(p_.out, unit); }
  bool is_outside(const KernelModule& module) const { return module.folder != build_.tree; }
  // The module's objects with bitcode, and those without.
  std::vector<std::string> objects_of(const KernelModule& module) const {
    std::vector<std::string> objects;
    for (const KernelUnit& unit : module.units)
      objects.push_back(module.folder + "/" + unit.object);
    return objects;
  }
  std::vector<std::string> plain_of(const KernelModule& module) const {
    std::vector<std::string> objects;
    for (const std::string& object : module.plain) objects.push_back(module.folder + "/" + object);
    return objects;
  }
  // An option for each of the values.
  static std::string options(const std::string& option, std::vector<std::string> values) {
    for (std::string& value : values) value = option + value;
    return join(values);
  }
  std::vector<std::string> generated_c(const KernelModule& module) const {
    const std::string stem = folder(module) + "/modules/c/" + module.name;
    std::vector<std::string> paths;
    for (const char* ending : {"_driver.c", "_kernel.c", ".h", "_types.h", ".symbols", ".globalize",
                               ".statics", ".clones", ".kbuild"}) {
      paths.push_back(stem + ending);
    }
    return paths;
  }
  std::vector<std::string> driver_pdgs(const KernelModule& module) const {
    std::vector<std::string> paths;
    for (const KernelUnit& unit : module.units) {
      paths.push_back(is_outside(module) ? pdg_below(folder(module), unit) : pdg(unit));
    }
    return paths;
  }

  // What each rule of a stage passes on; Ninja's $known.
  std::string known_options() const { return options("--known=", p_.known); }
  std::string known_word() const { return p_.known.empty() ? "" : " $known"; }
  // A tool of a stage and what it knows.
  std::vector<std::string> stage_needs(const Stage& stage) const {
    std::vector<std::string> needs = {tool(stage.name)};
    needs.insert(needs.end(), p_.known.begin(), p_.known.end());
    return needs;
  }

  void print_rules();
  void print_units();
  void print_outside_units(const KernelModule& module);
  std::string index() const { return p_.out + "/kernel.index"; }
  void print_index(const Stage& stage);
  std::string runtime(const Transport& transport) const {
    return p_.out + transport.runtime + "/linux";
  }
  std::string modules(const KernelModule& module, const Transport& transport) const {
    return folder(module) + "/modules" + transport.drivers;
  }
  std::string driver_module(const KernelModule& module, const Transport& transport) const {
    return modules(module, transport) + "/" + module.name + "_driver.ko";
  }
  std::string kernel_module(const KernelModule& module) const {
    return folder(module) + "/modules/" + module.name + "_kernel.ko";
  }

  void print_runtime(const Transport& transport);
  std::string program(const std::string& source) const {
    const std::size_t begin = source.rfind('/') + 1;
    return p_.out + "/programs/" + source.substr(begin, source.rfind('.') - begin);
  }
  void print_programs();
  void print_driver(const Driver& driver);
  void print_stage(const Stage& stage, const KernelModule& module);
  void print_modules(const KernelModule& module, const Transport& transport);
  void print_run(const Driver& driver, const Transport& transport);
  void print_summary(const KernelModule& module);
  void print_attempts(const std::string& folder, const std::string& table, bool loads);
  void print_loads(const Transport& transport, const std::string& folder, const std::string& output,
                   const std::vector<std::string>& attempts);
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
    ninja_.rule(stage.name, {{"command", "$tools/" + stage.name + known_word() + command},
                             {"description", stage.name + (unit ? " $out" : " $target")},
                             {"restat", "1"}});
  }
  for (const Stage& stage : p_.stages) {
    if (links_units(stage)) {
      ninja_.rule("index", {{"command", "$tools/" + stage.name + known_word() +
                                            " -q --make-index --kernel-list=$lists/pdgs -o $out"},
                            {"description", "index $out"},
                            {"restat", "1"}});
    }
    if (infers_interface(stage)) {
      ninja_.rule("readiness", {{"command", "$tools/" + stage.name + known_word() +
                                                " -q --readiness=text $options $in -o $out"},
                                {"description", "readiness $out"},
                                {"restat", "1"}});
    }
  }
  ninja_.rule("copy", {{"command", "cp $in $out"}, {"description", "copy $out"}});
  ninja_.rule("write", {{"command", "printf '%s\\n' $lines >$out"}, {"description", "write $out"}});
  ninja_.rule("program", {{"command", "cc -static -O1 -Wall -Wextra -Werror -o $out $in"},
                          {"description", "program $out"}});
  ninja_.rule("isolate",
              {{"command", script("isolate") + " --tools=$tools --kernel=$kernel "
                                               "--flags=$lists/flags --units=$lists/units --c=$c "
                                               "--name=$name --transport=$transport $plain "
                                               "-o $out $objects"},
               {"description", "isolate $out"},
               {"depfile", "$out.d"},
               {"deps", "gcc"}});
  ninja_.rule("kbuild",
              {{"command", "make -C $kernel M=$$PWD/$folder LLVM=-22 $variables modules "
                           ">$folder.log 2>&1 || { tail -n 20 $folder.log >&2; exit 1; }"},
               {"description", "kbuild $folder"},
               {"restat", "1"}});
  ninja_.rule("run", {{"command", "$tools/ks-vm -q --emulator=$emulator "
                                  "--kernel=$kernel/arch/x86/boot/bzImage "
                                  "$options --console=$out.console && mv $out.console $out"},
                      {"description", "run $out"},
                      {"pool", "console"}});
  ninja_.rule("summary", {{"command", script("summary") + " --tools=$tools --name=$name "
                                                          "$folder >$out"},
                          {"description", "summary $out"}});
  ninja_.rule("attempt", {{"command", script("attempt") +
                                          " --tools=$tools --kernel=$kernel "
                                          "--flags=$lists/flags --list=$list --name=$name "
                                          "--units=$lists/units --index=" +
                                          index() + " --stages=" + script("stages") +
                                          " $options $objects $plain -o $out $in"},
                          {"description", "attempt $name"}});
  ninja_.rule("loads", {{"command", script("loads") + " --tools=$tools --kernel=$kernel --guest=" +
                                        script("loads.sh") + " $options -o $out"},
                        {"description", "loads $out"},
                        {"pool", "console"}});
  ninja_.rule("table", {{"command", script("attempt") + " --stages=" + script("stages") +
                                        " --loads=$loads --table $in >$out"},
                        {"description", "table $out"}});
  ninja_.rule("ks-ninja", {{"command", p_.regenerate},
                           {"description", "ks-ninja $out"},
                           {"generator", "1"},
                           {"restat", "1"}});
}

void Printer::print_units() {
  std::vector<std::string> pdgs;
  const std::vector<std::string> needs = stage_needs({"ks-pdg", {}, {}});
  for (const KernelUnit& unit : build_.units) {
    pdgs.push_back(pdg(unit));
    ninja_.build({{pdgs.back()}, "ks-pdg", {build_.tree + "/" + unit.object}, needs, {}});
  }
  ninja_.alias("pdg", pdgs);
  for (const Stage& stage : p_.stages) {
    if (links_units(stage)) print_index(stage);
  }
}

// Those of a module that is none of the kernel's.
void Printer::print_outside_units(const KernelModule& module) {
  const std::vector<std::string> objects = objects_of(module), pdgs = driver_pdgs(module);
  for (std::size_t i = 0; i < pdgs.size(); ++i) {
    ninja_.build({{pdgs[i]}, "ks-pdg", {objects[i]}, stage_needs({"ks-pdg", {}, {}}), {}});
  }
}

// What linking needs of all units, made once for all drivers.
void Printer::print_index(const Stage& stage) {
  NinjaEdge edge{{index()}, "index", {}, stage_needs(stage), {}};
  edge.implicit.push_back(p_.out + "/lists/pdgs");
  for (const KernelUnit& unit : build_.units) edge.implicit.push_back(pdg(unit));
  ninja_.build(edge);
}

// ks-rt is copied first: kbuild writes its objects beside the sources.
void Printer::print_runtime(const Transport& transport) {
  std::vector<std::string> copies;
  for (const std::string& source : p_.runtime) {
    copies.push_back(p_.out + transport.runtime + source.substr(p_.runtime_folder.size()));
    ninja_.build({{copies.back()}, "copy", {source}, {}, {}});
  }
  const std::string folder = runtime(transport);
  std::vector<std::string> outputs = {folder + "/Module.symvers"};
  for (const std::string& module : transport.modules) {
    outputs.push_back(folder + "/" + module + ".ko");
  }
  ninja_.build(
      {outputs,
       "kbuild",
       {},
       copies,
       {{"folder", folder}, {"variables", std::string("KS_TRANSPORT=") + transport.name}}});
}

void Printer::print_stage(const Stage& stage, const KernelModule& module) {
  NinjaEdge edge{{artifact(module, stage.writes)}, stage.name, {}, stage_needs(stage), {}};
  std::string options;
  for (const std::string& kind : stage.reads) {
    if (kind == "pdg") {
      const std::string list = p_.out + "/lists/" + module.name + ".kernel";
      options += " --kernel-list=" + list + " --index=" + index();
      for (const std::string& path : driver_pdgs(module)) {
        options += " --driver=" + path;
      }
      // Each by name: Ninja forgets the times of what is behind an alias when a rule leaves
      // its output as it was.
      edge.implicit.insert(edge.implicit.end(), {list, index()});
      for (const KernelUnit& unit : build_.units) {
        edge.implicit.push_back(pdg(unit));
      }
      if (is_outside(module)) {
        for (const std::string& path : driver_pdgs(module)) edge.implicit.push_back(path);
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
  if (infers_interface(stage)) {
    edge.outputs = {artifact(module, "readiness")};
    edge.rule = "readiness";
    edge.bindings = {edge.bindings.front()};
    ninja_.build(edge);
  }
}

void Printer::print_modules(const KernelModule& module, const Transport& transport) {
  const std::string where = modules(module, transport);
  const std::string symbols = runtime(transport) + "/Module.symvers";
  const bool has_kernel_end = transport.suffix[0] == '\0';
  const std::string isolated = where + "/" + module.name + "_isolated.o_shipped";
  NinjaEdge isolate{{isolated}, "isolate", generated_c(module), {}, {}};
  isolate.implicit = {p_.out + "/lists/flags", p_.out + "/lists/units", symbols, script("isolate"),
                      tool("ks-link")};
  const std::vector<std::string> objects = objects_of(module), plain = plain_of(module);
  isolate.implicit.insert(isolate.implicit.end(), objects.begin(), objects.end());
  isolate.implicit.insert(isolate.implicit.end(), plain.begin(), plain.end());
  isolate.bindings = {{"c", folder(module) + "/modules/c"},
                      {"name", module.name},
                      {"objects", join(objects)},
                      {"plain", options("--plain=", plain)},
                      {"transport", transport.name}};
  ninja_.build(isolate);

  // Of a module that has a version modpost wants to know the sources, from a file that what is copied has not.
  std::string lines = fmt::format("'obj-m := {0}_driver.o' '{0}_driver-y := {0}_isolated.o' "
                                  "'$$(shell touch $$(src)/.{0}_isolated.o.cmd)'",
                                  module.name);
  if (has_kernel_end) {
    lines += fmt::format(" 'include $$(src)/c/{0}.kbuild' 'obj-m += {0}_kernel.o' "
                         "'{0}_kernel-y := $$(addprefix c/,$$(ks-kernel-glue))' "
                         "'ccflags-y += -I$$(KS_ROOT) -I$$(src)/c -I$$(srctree)'",
                         module.name);
  }
  ninja_.build({{where + "/Kbuild"}, "write", {}, {}, {{"lines", lines}}});
  NinjaEdge kbuild{{driver_module(module, transport)}, "kbuild", {}, {}, {}};
  kbuild.implicit = {isolated, where + "/Kbuild", symbols};
  if (has_kernel_end) {
    const std::vector<std::string> c = generated_c(module);
    kbuild.outputs.push_back(kernel_module(module));
    kbuild.implicit.insert(kbuild.implicit.begin(), c.begin(), c.end());
  }
  kbuild.bindings = {{"folder", where},
                     {"variables", "KS_ROOT=$$PWD KBUILD_EXTRA_SYMBOLS=$$PWD/" + symbols}};
  ninja_.build(kbuild);
}

// Of the drivers' scripts: two drivers may share one.
void Printer::print_programs() {
  std::set<std::string> sources;
  for (const Driver& driver : p_.drivers) {
    sources.insert(driver.use.programs.begin(), driver.use.programs.end());
  }
  for (const std::string& source : sources) {
    ninja_.build({{program(source)}, "program", {source}, {}, {}});
  }
}

void Printer::print_run(const Driver& driver, const Transport& transport) {
  NinjaEdge edge{{folder(driver.module) + "/run" + transport.suffix + ".log"}, "run", {}, {}, {}};
  std::vector<std::string> loaded;
  for (const std::string& name : driver.use.modules) {
    loaded.push_back(build_.tree + "/" + find_module(build_, name).file);
  }
  for (const std::string& name : transport.modules) {
    loaded.push_back(runtime(transport) + "/" + name + ".ko");
  }
  loaded.push_back(driver_module(driver.module, transport));
  loaded.push_back(kernel_module(driver.module));
  std::vector<std::string> options;
  for (const std::string& module : loaded) {
    options.push_back("--module=" + module);
  }
  options.push_back("--script=" + driver.use.script);
  for (const std::string& name : driver.use.tools) {
    options.push_back("--tool=" + name);
  }
  for (const std::string& path : driver.use.programs) {
    options.push_back("--tool=" + program(path));
    edge.implicit.push_back(program(path));
  }
  for (const std::string& path : driver.use.files) {
    options.push_back("--file=" + path + ":/" + path.substr(path.rfind('/') + 1));
  }
  options.push_back("--timeout=900");
  edge.implicit.insert(edge.implicit.end(), loaded.begin(), loaded.end());
  edge.implicit.insert(edge.implicit.end(), driver.use.files.begin(), driver.use.files.end());
  edge.implicit.insert(edge.implicit.end(),
                       {driver.use.script, tool("ks-vm"), build_.tree + "/arch/x86/boot/bzImage"});
  if (!driver.use_path.empty()) {
    edge.implicit.push_back(driver.use_path);
  }
  edge.bindings = {{"options", join(options)}, {"emulator", transport.emulator}};
  ninja_.build(edge);
}

void Printer::print_summary(const KernelModule& module) {
  NinjaEdge edge{{folder(module) + "/summary.txt"}, "summary", {}, {script("summary")}, {}};
  for (const Stage& stage : p_.stages) {
    if (stage.writes != "pdg" && stage.writes != "c") {
      edge.implicit.push_back(artifact(module, stage.writes));
    }
    if (infers_interface(stage)) {
      edge.implicit.push_back(artifact(module, "readiness"));
    }
  }
  edge.bindings = {{"folder", folder(module)}, {"name", module.name}};
  ninja_.build(edge);
}

void Printer::print_driver(const Driver& driver) {
  ninja_.comment(driver.module.name);
  if (is_outside(driver.module)) {
    print_outside_units(driver.module);
  }
  for (const Stage& stage : p_.stages) {
    if (stage.writes != "pdg") {
      print_stage(stage, driver.module);
    }
  }
  print_summary(driver.module);
  for (const Transport& transport : transports()) {
    if (!works_with(driver, transport)) {
      continue;
    }
    if (std::string_view(transport.drivers) == transport.suffix) {
      print_modules(driver.module, transport);
    }
    if (!driver.use.script.empty()) {
      print_run(driver, transport);
    }
  }
}

// How far each module of the kernel gets. An attempt never fails; it writes one line. With `loads`, their
// modules are made, too, and those that were are loaded, all by one edge: there is one virtual machine at a time.
void Printer::print_attempts(const std::string& folder, const std::string& table, bool loads) {
  const Transport& transport = transports().front();
  const std::string symbols = runtime(transport) + "/Module.symvers";
  std::vector<std::string> implicit = {"pdg",
                                       index(),
                                       script("attempt"),
                                       script("isolate"),
                                       script("stages"),
                                       tool("ks-link"),
                                       p_.out + "/lists/flags",
                                       p_.out + "/lists/units"};
  if (loads) {
    implicit.push_back(symbols);
  }
  implicit.insert(implicit.end(), p_.overlays.begin(), p_.overlays.end());
  implicit.insert(implicit.end(), p_.known.begin(), p_.known.end());
  for (const Stage& stage : p_.stages) {
    implicit.push_back(tool(stage.name));
  }
  std::vector<std::string> lines;
  for (const KernelModule& module : build_.modules) {
    lines.push_back(folder + "/" + module.name + "/status.tsv");
    ninja_.build({{lines.back()},
                  "attempt",
                  driver_pdgs(module),
                  implicit,
                  {{"name", module.name},
                   {"list", p_.out + "/lists/" + module.name + ".kernel"},
                   {"options", options("--overlay=", p_.overlays) + known_word() +
                                   (loads ? " --runtime=" + symbols : "")},
                   {"objects", options("--object=", objects_of(module))},
                   {"plain", options("--plain=", plain_of(module))}}});
  }
  std::string loaded = "/dev/null";
  std::vector<std::string> needed = {script("attempt")};
  if (loads) {
    loaded = p_.out + "/loads.tsv";
    needed.push_back(loaded);
    print_loads(transport, folder, loaded, lines);
  }
  ninja_.build({{table}, "table", lines, needed, {{"loads", loaded}}});
}

// What comes of loading the modules that the attempts in the folder made.
void Printer::print_loads(const Transport& transport, const std::string& folder,
                          const std::string& output, const std::vector<std::string>& attempts) {
  NinjaEdge edge{{output}, "loads", {}, attempts, {}};
  std::string words = "--all=" + folder;
  for (const std::string& name : transport.modules) {
    edge.implicit.push_back(runtime(transport) + "/" + name + ".ko");
    words += " --runtime=" + edge.implicit.back();
  }
  edge.implicit.insert(edge.implicit.end(), {script("loads"), script("loads.sh"), tool("ks-vm"),
                                             build_.tree + "/arch/x86/boot/bzImage"});
  edge.bindings = {{"options", words}};
  ninja_.build(edge);
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
                   targets.push_back(stage.writes == "c" ? generated_c(driver.module).front()
                                                         : artifact(driver.module, stage.writes));
                 }));
  }
  const auto summaries = each([&](auto& targets, const Driver& driver) {
    targets.push_back(folder(driver.module) + "/summary.txt");
  });
  ninja_.alias("summary", summaries);
  for (const Transport& transport : transports()) {
    auto built = each([&](auto& targets, const Driver& driver) {
      if (works_with(driver, transport)) {
        targets.push_back(driver_module(driver.module, transport));
        targets.push_back(kernel_module(driver.module));
      }
    });
    for (const std::string& module : transport.modules) {
      built.push_back(runtime(transport) + "/" + module + ".ko");
    }
    ninja_.alias(std::string("modules") + transport.suffix, built);
    ninja_.alias(std::string("run") + transport.suffix,
                 each([&](auto& targets, const Driver& driver) {
                   if (!driver.use.script.empty() && works_with(driver, transport)) {
                     targets.push_back(folder(driver.module) + "/run" + transport.suffix + ".log");
                   }
                 }));
  }
  ninja_.defaults(p_.drivers.empty() ? std::vector<std::string>{"pdg"}
                                     : std::vector<std::string>{"modules", "modules-xcore",
                                                                "modules-vmfunc", "summary"});
}

std::string Printer::print() {
  ninja_.comment("Written by ks-ninja for Linux " + build_.release +
                 "; ninja writes it again when its inputs change.");
  ninja_.variable("ninja_required_version", "1.10");
  ninja_.variable("builddir", p_.out);
  ninja_.variable("tools", p_.tools);
  ninja_.variable("kernel", build_.tree);
  ninja_.variable("lists", p_.out + "/lists");
  if (!p_.known.empty()) {
    ninja_.variable("known", known_options());
  }
  print_rules();
  ninja_.build({{p_.file}, "ks-ninja", {}, p_.made_from, {}});
  print_units();
  for (const Transport& transport : transports()) {
    print_runtime(transport);
  }
  print_programs();
  for (const Driver& driver : p_.drivers) {
    print_driver(driver);
  }
  print_attempts(p_.out + "/all", p_.out + "/modules.tsv", false);
  ninja_.alias("all-modules", {p_.out + "/modules.tsv"});
  print_attempts(p_.out + "/loaded", p_.out + "/loaded.tsv", true);
  ninja_.alias("all-loaded", {p_.out + "/loaded.tsv"});
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
    pdgs.push_back(pdg_below(pipeline.out, unit) + "\n");
  }
  files.emplace_back(lists + "units", units);
  std::string all;
  for (const std::string& path : pdgs) all += path;
  std::set<std::string> names;
  files.emplace_back(lists + "pdgs", all);
  for (const KernelModule& module : build.modules) {
    std::set<std::string_view> own;
    for (const KernelUnit& unit : module.units) own.insert(unit.object);
    std::string kernel;
    for (std::size_t unit = 0; unit < pdgs.size(); ++unit) {
      if (!own.contains(build.units[unit].object)) kernel += pdgs[unit];
    }
    names.insert(module.name);
    files.emplace_back(lists + module.name + ".kernel", kernel);
  }
  // Where the kernel has a module of that name, the other one stands for it.
  for (const Driver& driver : pipeline.drivers) {
    if (names.insert(driver.module.name).second)
      files.emplace_back(lists + driver.module.name + ".kernel", all);
  }
  return files;
}

} // namespace ks::ninja
