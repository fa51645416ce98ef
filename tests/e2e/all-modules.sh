#!/bin/sh
# SPDX-License-Identifier: MIT
# Every module of the kernel goes through the stages without a crash or a hang, and as
# many get as far as the expectation says: a line a step, how many pass it at least.
set -eu
[ -e pipelines/driver.ninja ] && [ -e out/pipeline/lists/units ] || exit 77

mkdir -p out/test
ninja -f pipelines/driver.ninja all-modules >/dev/null
table=out/pipeline/modules.tsv
status=0
modules=$(wc -l <out/linux/modules.order)
[ "$(wc -l <$table)" = $((modules + 1)) ] || {
	echo "all-modules: $table has $(wc -l <$table) lines for $modules modules"
	status=1
}
if grep -E "$(printf '\t')(crashed|hung)" $table; then
	echo "all-modules: a stage crashed or hung"
	status=1
fi
jq -rRs -f pipelines/tables/modules.jq $table | tee out/test/all-modules.tsv
while IFS="$(printf '\t')" read -r step least; do
	got=$(awk -F '\t' -v step="$step" '$1 == step {print $2}' out/test/all-modules.tsv)
	[ "${got:-0}" -ge "$least" ] || {
		echo "all-modules: ${got:-0} modules pass $step, expected at least $least"
		status=1
	}
done <tests/e2e/all-modules.expected
exit $status
