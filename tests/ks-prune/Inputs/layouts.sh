#!/bin/sh
# SPDX-License-Identifier: MIT
# layouts.sh HEADER HEADER: a unit of the kernel, and one of the driver, that have a struct s of these headers.
set -eu
unit() { # OUT SOURCE HEADER BYTES FUNCTION
	ks-pdg --load=json - -o "$1" <<EOF
{"table":"head","kind":"pdg","version":11,"ancestors":{}}
{"table":"units","row":0,"name":"$2","hash":"0$4"}
{"table":"types","row":0,"kind":"integer","name":"int","size":4,"is_signed":true,"complete":true}
{"table":"types","row":1,"kind":"structure","name":"struct s","size":$4,"complete":true,"layout":$4,"file":"$3","line":3,"first_member":0,"member_count":1}
{"table":"types","row":2,"kind":"pointer","size":8,"element":1}
{"table":"members","row":0,"type":0,"owner":1,"name":"a","offset_bits":0,"size_bits":32}
{"table":"fields","row":0,"structure":1,"offset_bits":0,"size_bits":32,"type":0,"name":"s.a"}
{"table":"functions","row":0,"name":"$5","source_name":"$5","defined":true,"loc":{"file":"$2","line":5,"column":1}}
{"table":"paths","row":0,"function":0,"step":"argument","index":0,"type":2}
{"table":"paths","row":1,"function":0,"parent":0,"step":"dereference","type":1}
{"table":"paths","row":2,"function":0,"parent":1,"step":"field","field":0,"type":0}
{"table":"accesses","row":0,"function":0,"kind":"read","path":2,"field":0,"size":4,"loc":{"file":"$2","line":6,"column":1}}
EOF
}
unit kernel.pdg kernel/k.c "$1" 16 reads
unit driver.pdg drivers/x/x.c "$2" 8 x_reads
