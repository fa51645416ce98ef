#!/bin/sh
# SPDX-License-Identifier: MIT
# pipelines/demo builds the tools and what these are made of: no test, no runtime for user space, no
# benchmark.
set -eu
build=$1
[ -e "$build/build.ninja" ] || exit 77
status=0
complain() {
	echo "tools-only: $*"
	status=1
}

ninja -C "$build" -t query tools | sed -n 's/^ *bin\///p' | sort >"$build/tools-only.made"
{
	sed -n '2,$s/\t.*//p' pipelines/stages
	printf 'ks-link\nks-ninja\nks-vm\n'
} | sort >"$build/tools-only.wanted"
diff "$build/tools-only.wanted" "$build/tools-only.made" || complain "these are not the tools"
made_for_tests=$(ninja -C "$build" -t inputs tools | grep -E '_test\.|gtest|gmock|/ks-rt/|/bench|/tests/' || true)
[ -z "$made_for_tests" ] || complain "only tests need $made_for_tests"
! grep -n -- --target pipelines/demo || complain "the demo asks for more"
exit $status
