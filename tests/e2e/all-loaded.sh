#!/bin/sh
# SPDX-License-Identifier: MIT
# What comes of loading each module of the kernel in a virtual machine, the kernel's own and then the
# isolated one, is as loads.expected says; BLESS=1 writes that.
set -eu
export LC_ALL=C
[ -e pipelines/driver.ninja ] && [ -e out/pipeline/lists/units ] || exit 77

mkdir -p out/test
ninja -f pipelines/driver.ninja all-loaded >/dev/null
table=out/pipeline/loaded.tsv
status=0
# How a trial goes wrong hangs on how fast the machine is: that it does is one word.
awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "load") load = i; next }
	{ word = $load; if (word !~ /^(ok|-|refused: .*)$/) word = "fault"; print $1 "\t" word }' $table |
	sort >out/test/loads.tsv
[ -z "${BLESS-}" ] || cp out/test/loads.tsv tests/e2e/loads.expected
# Modules without a row have not been judged yet, and what is mended is no fault: they are shown.
join -t "$(printf '\t')" tests/e2e/loads.expected out/test/loads.tsv |
	awk -F '\t' '$2 != $3 && $2 != "ok" && $3 == "ok" { print "all-loaded: " $1 " loads now: BLESS=1 says so" > "/dev/stderr"; next }
		$2 != $3 { print "all-loaded: loading " $1 " comes to " $3 ", and was " $2 }' >out/test/loads.differ
cat out/test/loads.differ
[ ! -s out/test/loads.differ ] || status=1
join -v 1 -t "$(printf '\t')" out/test/loads.tsv tests/e2e/loads.expected |
	sed 's/^/all-loaded: no row in loads.expected: /'
exit $status
