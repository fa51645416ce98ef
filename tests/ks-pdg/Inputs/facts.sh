# SPDX-License-Identifier: MIT
# facts.sh FILE.c [raw|optimized] [FILTER.jq]: the rows of a C file's .pdg by name. raw: as the
# kernel's build embeds it, before any pass of clang.
set -eu
file=$1
mode=${2:-raw}
filter=${3:-facts.jq}
here=$(dirname "$0")
case $mode in
raw) flags='-O2 -Xclang -disable-llvm-passes' ;;
optimized) flags='-O2' ;;
esac
clang -g $flags -fno-strict-aliasing -fdebug-prefix-map="$(dirname "$file")"=. \
  -ffile-prefix-map="$(dirname "$file")/"= -target x86_64-linux-gnu -emit-llvm -c "$file" -o input.bc
ks-pdg -q input.bc -o input.pdg
ks-pdg --dump=json input.pdg | jq -rnf "$here/$filter"
