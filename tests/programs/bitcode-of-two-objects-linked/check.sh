# SPDX-License-Identifier: MIT
# Prints what ks-pdg makes of each form of the same two sources.
# shellcheck disable=SC2086
flags="-g -O2 -w -c"
embed="-Xclang -fembed-bitcode=all"
try() {
	name=$1
	shift
	if ks-pdg -q "$@" -o x.pdg 2>words; then
		echo "$name: $(ks-pdg --dump=json x.pdg | grep -c '"table":"units"') read"
	elif grep -q "Invalid encoding" words; then
		echo "$name: refused, and the words do not say why"
	else
		echo "$name: refused"
	fi
}
$CLANG $flags $embed a.c -o a.o && $CLANG $flags $embed b.c -o b.o && ld -r a.o b.o -o ab.o || exit
$CLANG $flags -flto a.c -o lto.o && $CLANG $flags -flto=thin a.c -o thin.o || exit
$CLANG -g -O2 -S -emit-llvm a.c -o a.ll && $CLANG -g -O2 -c a.c -o plain.o || exit
try "object" a.o
try "lto" lto.o
try "thin lto" thin.o
try "text" a.ll
try "no bitcode" plain.o
try "source" a.c
try "two in one" ab.o | sed 's/2 read/told/; s/refused$/told/'
