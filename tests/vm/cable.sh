# SPDX-License-Identifier: MIT
# Uses pairs of network devices, each the other's end, as a person would. The modules may be the stock driver or the
# isolated one: every claim is about what a user sees.

# shellcheck source=tests/vm/balance.sh
. /balance.sh
kind=veth
# at NAMESPACE COMMAND...: there, with its /sys
at() { ip netns exec "$@"; }
stat() { at "$1" cat "/sys/class/net/$2/statistics/$3"; }
of() { at "$1" cat "/sys/class/net/$2/$3"; }
has() { [ -e "/sys/class/net/$1" ]; }
lacks() { [ ! -e "/sys/class/net/$1" ]; }
lacks_at() { ! ip -n "$1" link show "$2" 2>/dev/null; }
sum() { md5sum | cut -c1-32; }
pings() { at "$1" ping -n -q -c 5 -i 0.02 -W 10 "$2"; }
feature() { at "$1" ethtool -k "$2" | sed -n "s/^$3: \([a-z]*\).*/\1/p"; }

head -c 4194304 /dev/urandom >/noise
noise=$(sum </noise)

counts() { at "$1" cat "/sys/class/net/$2/statistics/$3_packets" "/sys/class/net/$2/statistics/$3_bytes"; }
# agree: what either end has sent the other has received, as soon as nobody asks for addresses meanwhile
agree() { [ "$(counts left left0 tx)" = "$(counts right right0 rx)" ] && [ "$(counts left left0 rx)" = "$(counts right right0 tx)" ]; }

# listens NAMESPACE PORT: in /proc as four digits
listens() { at "$1" grep -q ":$(printf %04X "$2") 00000000:0000 0A" /proc/net/tcp; }
# transfer FROM TO ADDRESS PORT [BYTES]: prints a checksum of what arrives. Who has nothing more to send tells the
# other, which then ends: what the receiver has to send does not end.
mkfifo /never
transfer() {
	ip netns exec "$2" nc -l -p "$4" <>/never >"/got.$4" &
	becomes listens "$2" "$4"
	head -c "${5:-4194304}" /noise | ip netns exec "$1" nc "$3" "$4"
	wait $!
	sum <"/got.$4"
	rm "/got.$4"
}

# connect PAIR: its ends in both namespaces, with addresses in 10.9.PAIR
connect() {
	ip link add "left$1" type $kind peer name "right$1" || return 1
	for ks_end in left:1 right:2; do
		ip link set "${ks_end%:*}$1" netns "${ks_end%:*}" || return 1
		ip -n "${ks_end%:*}" addr add "10.9.$1.${ks_end#*:}/24" dev "${ks_end%:*}$1" || return 1
		ip -n "${ks_end%:*}" link set "${ks_end%:*}$1" up || return 1
	done
}

pair() {
	claim "$1 connects two networks" connect 0
	equal "$1 driver name" "$(at left ethtool -i left0 | sed -n 's/^driver: //p')" $kind
	equal "$1 speed" "$(of left left0 speed)" 10000
	equal "$1 each knows the other" "$(at left ethtool -S left0 | sed -n 's/.*peer_ifindex: //p') $(at right ethtool -S right0 | sed -n 's/.*peer_ifindex: //p')" \
		"$(of right right0 ifindex) $(of left left0 ifindex)"
	equal "$1 carrier" "$(of left left0 carrier)" 1
	claim "$1 one end goes down" ip -n right link set right0 down
	equal "$1 the other has no carrier" "$(of left left0 carrier)" 0
	claim "$1 it goes up" ip -n right link set right0 up
	equal "$1 carrier again" "$(of left left0 carrier)" 1
	ks_calls=$(runtime crossings_to_driver)
	claim "$1 pings" pings left 10.9.0.2
	claim "$1 pings back" pings right 10.9.0.1
	claim "$1 each packet crosses" crossed "$ks_calls" 20
	claim "$1 what one end has sent the other has received" becomes agree
	claim "$1 with what the pings are" [ "$(stat left left0 tx_packets)" -ge 10 ]
	equal "$1 4 MiB by TCP" "$(transfer left right 10.9.0.2 5001)" "$noise"
	equal "$1 4 MiB back" "$(transfer right left 10.9.0.1 5002)" "$noise"
	claim "$1 both ends agree" becomes agree
	claim "$1 bytes of both" [ "$(stat left left0 rx_bytes)" -ge 4194304 ]
	equal "$1 nothing is dropped" "$(stat left left0 tx_dropped) $(stat right right0 tx_dropped)" "0 0"
}

offloads() {
	equal "$1 receives in small pieces" "$(feature right right0 generic-receive-offload)" off
	claim "$1 joins what it receives" at right ethtool -K right0 gro on
	equal "$1 does so" "$(feature right right0 generic-receive-offload)" on
	claim "$1 sends in small pieces" at left ethtool -K left0 tso off gso off
	equal "$1 4 MiB by TCP, joined" "$(transfer left right 10.9.0.2 5003)" "$noise"
	claim "$1 pings, joined" pings left 10.9.0.2
	claim "$1 no longer joins" at right ethtool -K right0 gro off
	claim "$1 without checksums of its own" at left ethtool -K left0 tx off
	equal "$1 4 MiB by TCP, not joined" "$(transfer left right 10.9.0.2 5004 1048576)" "$(head -c 1048576 /noise | sum)"
	if [ "$(nproc)" -gt 1 ]; then
		claim "$1 two queues" at right ethtool -L right0 rx 2 tx 2
		equal "$1 has them" "$(at right ethtool -l right0 | grep -c '^[RT]X:.*2')" 4
		equal "$1 4 MiB by TCP, two queues" "$(transfer left right 10.9.0.2 5005)" "$noise"
	fi
	refuse "$1 a hundred queues" at right ethtool -L right0 rx 100 tx 100
}

mtus() {
	for ks_end in left right; do
		claim "$1 large packets at $ks_end" ip -n $ks_end link set ${ks_end}0 mtu 9000
	done
	claim "$1 they pass" at left ping -n -q -c 2 -i 0.02 -W 10 -M "do" -s 8000 10.9.0.2
	claim "$1 too large ones do not leave" fails_with "message too long" at left ping -n -c 1 -W 1 -M "do" -s 8973 10.9.0.2
	claim "$1 small packets at the other end" ip -n right link set right0 mtu 1500
	ks_dropped=$(stat left left0 tx_dropped)
	refuse "$1 large ones are lost" at left ping -n -q -c 2 -i 0.02 -W 1 -M "do" -s 8000 10.9.0.2
	claim "$1 which is counted" [ "$(stat left left0 tx_dropped)" -gt "$ks_dropped" ]
	claim "$1 an MTU that there is not" fails_with "maximum" ip -n left link set left0 mtu 70000
}

# ends LIFE: each way that a pair goes
ends() {
	claim "$1 one end is deleted" ip -n right link del right0
	claim "$1 the other is gone" lacks_at left left0
	claim "$1 connects again" connect 0
	claim "$1 pings again" pings left 10.9.0.2
	ip netns add third
	ip link add inner1 type $kind peer name inner2
	ip link set inner1 netns third
	ip link set inner2 netns third
	ip link add outer1 type $kind peer name outer2
	ip link set outer1 netns third
	claim "$1 a pair of its own" ip -n third link set inner1 up
	claim "$1 one with an end here" has outer2
	claim "$1 their network is deleted" ip netns del third
	claim "$1 the end here is gone" becomes lacks outer2
	claim "$1 a name that exists" fails_with "File exists" sh -c "/tools/ip link add outer1 type $kind && /tools/ip link add outer1 type $kind"
	refuse "$1 both ends of one name" ip link add same type $kind peer name same
	claim "$1 no half a pair is left" lacks same
	claim "$1 deletes what is here" ip link del outer1
}

life() {
	claim "$1 loads" load_modules || exit 1
	pair "$1"
	offloads "$1"
	mtus "$1"
	ends "$1"
	claim "$1 unloads with a pair up" unload_modules
	claim "$1 it is gone" lacks_at left left0
	equal "$1 modules are gone" "$(loaded_modules)" ""
}

# Four at once, both ways on two pairs.
load() {
	connect 0
	connect 1
	ip -n right link set right1 up
	at right ethtool -K right1 gro on
	ks_jobs=''
	for ks_job in "left right 10.9.0.2 6001" "right left 10.9.0.1 6002" "left right 10.9.1.2 6003" "right left 10.9.1.1 6004"; do
		# shellcheck disable=SC2086
		transfer $ks_job >"/came.${ks_job##* }" &
		ks_jobs="$ks_jobs $!"
	done
	# shellcheck disable=SC2086
	wait $ks_jobs
	equal "several send at once" "$(cat /came.* | sort -u)" "$noise"
	equal "all of them" "$(cat /came.* | wc -l)" 4
}

# Pairs that are deleted while packets are on their way, at the sender's end and at the other.
taken_away() {
	ks_jobs=''
	for ks_job in "left 10.9.0.2" "right 10.9.0.1" "left 10.9.1.2" "right 10.9.1.1"; do
		/tools/ip netns exec "${ks_job% *}" /tools/ping -n -q -i 0.002 -s 1400 "${ks_job#* }" >/dev/null 2>&1 &
		ks_jobs="$ks_jobs $!"
	done
	claim "is in use" becomes sent_since "$(stat left left1 tx_packets)"
	claim "is deleted while in use" ip -n left link del left0
	claim "its other end is gone" lacks_at right right0
	claim "the other pair is in use" becomes sent_since "$(stat left left1 tx_packets)"
	claim "unloads while in use" unload_modules
	claim "the other pair is gone" lacks_at right right1
	# shellcheck disable=SC2086
	kill $ks_jobs
	wait
}
sent_since() { [ "$(stat left left1 tx_packets)" -gt $(($1 + 50)) ]; }

devices=8
churn() {
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		ip link add churn$ks_i type $kind peer name other$ks_i || return 1
		ip link set churn$ks_i up || return 1
		ip link set other$ks_i up || return 1
		ks_i=$((ks_i + 1))
	done
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		ip link del churn$ks_i || return 1
		ks_i=$((ks_i + 1))
	done
}

mkdir -p /run /var
ln -s /run /var/run
ip netns add left
ip netns add right
life first
life second
life third

load_modules
load
taken_away
load_modules
balanced $devices churn
finish
