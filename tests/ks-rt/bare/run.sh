#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: run.sh IMAGE PROCESSORS [MODEL]
# Boots the image in Bochs, which emulates VMX with EPTP switching, and prints what it says.
# Status 0 if its last line says that nothing failed, 77 if Bochs is not installed.
set -eu
image=$1
processors=$2
model=${3-corei7_haswell_4770}
bios=/usr/share/bochs/BIOS-bochs-latest
video=/usr/share/vgabios/vgabios.bin

for need in "$(command -v bochs-bin || command -v bochs || echo bochs)" "$bios" "$video"; do
	[ -e "$need" ] || {
		echo "skipped: there is no $need"
		exit 77
	}
done
bochs=$(command -v bochs-bin || command -v bochs)

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# A copy: Bochs locks it, and leaves the lock when it is killed.
cp "$image" "$folder/disk"
# Debian's Bochs has the debugger in: it starts stopped.
printf 'c\nq\n' >"$folder/commands"
cat >"$folder/bochsrc" <<END
plugin_ctrl: unmapped=true, biosdev=true, speaker=false, parallel=false, gameport=false, iodebug=true, extfpuirq=true
cpu: model=$model, count=$processors, ips=50000000, reset_on_triple_fault=0, ignore_bad_msrs=1
memory: guest=128, host=128
romimage: file=$bios, options=fastboot
vgaromimage: file=$video
boot: disk
ata0-master: type=disk, path=$folder/disk, mode=flat, cylinders=2, heads=16, spt=63
port_e9_hack: enabled=1
display_library: rfb, options="timeout=0"
log: $folder/log
panic: action=fatal
error: action=report
info: action=report
debug: action=ignore
clock: sync=none
mouse: enabled=0
END

# Bochs ends with status 1 even when it was asked to by the image.
timeout "${KS_BOCHS_TIMEOUT:-120}" "$bochs" -q -f "$folder/bochsrc" -rc "$folder/commands" \
	>"$folder/out" 2>"$folder/err" </dev/null || true
tr -d '\r' <"$folder/out" | grep -aE '^(PASS|FAIL|NOTE|RESULT) ' >"$folder/lines" || true
cat "$folder/lines"
[ -z "${KS_BOCHS_LOG-}" ] || cp "$folder/log" "$KS_BOCHS_LOG"
if tail -n1 "$folder/lines" | grep -qE '^RESULT [1-9][0-9]* passed, 0 failed$'; then
	exit 0
fi
grep -q '^RESULT' "$folder/lines" || {
	echo 'it did not come to its end; the last lines of Bochs:'
	tail -n20 "$folder/log"
}
exit 1
