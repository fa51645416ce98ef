#!/bin/sh
# SPDX-License-Identifier: MIT
# Every module of the kernel goes through the stages without a crash or a hang, and as
# many get as far as the expectation says: a line a step, how many pass it at least. What comes of
# loading each in a virtual machine is as loads.expected says; BLESS=1 writes that.
set -eu
export LC_ALL=C
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
awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "load") load = i; next }
	{ word = $load; if (word !~ /^refused/) sub(/:.*/, "", word); print $1 "\t" word }' $table |
	LC_ALL=C sort >out/test/loads.tsv
[ -z "${BLESS-}" ] || cp out/test/loads.tsv tests/e2e/loads.expected
# Modules without a row have not been judged yet: they are shown.
join -t "$(printf '\t')" tests/e2e/loads.expected out/test/loads.tsv |
	awk -F '\t' '$2 != $3 { print "all-modules: loading " $1 " comes to " $3 ", and was " $2 }' >out/test/loads.differ
cat out/test/loads.differ
[ ! -s out/test/loads.differ ] || status=1
join -v 1 -t "$(printf '\t')" out/test/loads.tsv tests/e2e/loads.expected |
	sed 's/^/all-modules: no row in loads.expected: /'
exit $status
