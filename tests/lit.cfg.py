# SPDX-License-Identifier: MIT
# Claims about the stages, one file each: RUN lines and what FileCheck or golden finds.
# Every test runs in an empty folder; the tools, golden and LLVM's are on the PATH.

import os

import lit.formats

build = lit_config.params["build"]
source = os.path.dirname(os.path.abspath(__file__))

config.name = "ks"
config.test_format = lit.formats.ShTest(
    execute_external=True,
    preamble_commands=["rm -rf %t.folder && mkdir -p %t.folder && cd %t.folder"],
)
config.suffixes = [".c", ".jsonl", ".idl", ".ll", ".test"]
config.excludes = ["Inputs", "bare"]
config.test_source_root = source
config.test_exec_root = os.path.join(build, "tests", "lit")
path = [os.path.join(build, "bin"), os.path.join(source, "bin"), "/usr/lib/llvm-22/bin"]
config.environment["PATH"] = os.pathsep.join(path + [config.environment["PATH"]])
config.environment["BLESS"] = os.environ.get("BLESS", "")
config.substitutions.append(("%root", os.path.dirname(source)))
config.substitutions.append(("%inputs", "%S/Inputs"))
# The runtime under the sanitizers; a build that is all under them has one runtime.
runtimes = (os.path.join(build, "ks-rt", f"libks-rt{suffix}.a") for suffix in ("-asan", ""))
config.substitutions.append(("%runtime", next(filter(os.path.exists, runtimes), "no-runtime")))
