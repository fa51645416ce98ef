# SPDX-License-Identifier: MIT
# For gnuplot: the figures of a run, as plot.jq makes them, from the file `data` to the file `picture`.

set terminal svg size 900, lines * 15 + 100 font "sans-serif,12" noenhanced background "white"
set output picture
set datafile separator "\t"
unset key
set border 1
set ytics scale 0
set xtics nomirror
set lmargin at screen 0.25
set rmargin at screen 0.97
set tmargin at screen 1 - 44.0 / (lines * 15 + 100)
set bmargin at screen 50.0 / (lines * 15 + 100)
set title "Times of what ks-rt's first row takes, logarithmic; and the median itself. Blue: ks-rt" font ",13"
set xlabel "left of 1: faster; right of 1: slower"
set logscale x
set xrange [0.1 : 2000]
set xtics ("0.2" 0.2, "0.5" 0.5, "1" 1, "2" 2, "5" 5, "10" 10, "20" 20, "50" 50, "100" 100, "500" 500)
set grid xtics linetype rgb "#dddddd"
set yrange [lines + 1 : -0.5]
set style fill solid noborder
colour(ours) = ours == 1 ? 0x1f6fb4 : 0xb0b0b0
# A bar of exactly 1 would not be seen.
low(times) = times < 1 ? times : 0.985
high(times) = times > 1 ? times : 1.015
set arrow from 1, graph 0 to 1, graph 1 nohead linewidth 1 linecolor rgb "#888888"

plot data index 0 using 2:1:(low($2)):(high($2)):($1 - 0.4):($1 + 0.4):(colour($5)):ytic(4) \
		with boxxyerror linecolor rgb variable, \
	data index 0 using (high($2) * 1.06):1:3 with labels left font ",10" textcolor rgb "#444444", \
	data index 1 using (0.1):1:2 with labels left font ",13"
