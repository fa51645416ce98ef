# SPDX-License-Identifier: MIT
# Prints what each thread sees, whatever the order they run in.
sources=$(awk -F'\t' '$2 == "all" && $1 ~ /^(async|os)\// { print ENVIRON["KS"] "/ks-rt/" $1 }' "$KS/ks-rt/sources")
# shellcheck disable=SC2086
$CC -std=gnu11 -O1 -w -I"$KS" -r $sources -o runtime.o || exit
c++ -std=c++20 -O1 -w -I"$KS" main.cpp runtime.o -lpthread -ldl -o threads || exit
for what in handler flight; do
	./threads $what | sort -u
done
