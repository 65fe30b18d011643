# ---- the picture: bars of the times, the fastest first, and speedups below them ----
# Lengths are in pixels (of a PDF, in 1/96 inch), counted from the upper left.

set encoding utf8
bars = |$trials|
lines = |$lines|

width = 800.
margin = 20.
letter = 7.8                                    # the width of one, on average
row = 24.
bars_top = 88.
bars_bottom = bars_top + row * bars
note_height = 18.
notes_bottom = bars_bottom + 34 + note_height * |$notes|
speedups_top = notes_bottom + 50
speedups_bottom = speedups_top + (18. * (lines + 1) > 250 ? 18. * (lines + 1) : 250.)
height = lines > 0 ? speedups_bottom + 55 : notes_bottom
X(x) = x / width                                # as parts of the picture
Y(y) = 1 - y / height

if (kind eq "svg") {
    set terminal svg enhanced size width,height font "sans-serif,13" background "white"
}
if (kind eq "pdf") {
    set terminal pdfcairo enhanced size width / 96.,height / 96. font "sans-serif,9.75"
}
if (kind eq "png") {
    set terminal pngcairo enhanced size 2 * width,2 * height font "sans-serif,9.75" \
        fontscale 2 linewidth 2 pointscale 2 background "white"
}

# Okabe and Ito's colours, which colour-blind people can tell apart: of executors, ...
set linetype 1 lc rgb "#0072B2"
set linetype 2 lc rgb "#E69F00"
set linetype 3 lc rgb "#CC79A7"
set linetype 4 lc rgb "#56B4E9"
set linetype 5 lc rgb "#D55E00"
set linetype 6 lc rgb "#333333"
# ... and of the parts of a time, in the order in which they are drawn.
part_name(part) = word("working delayed waiting creating", part)
part_colour(part) = word("#009E73 #F0E442 #C7C7C7 #D55E00", part)
ink = "#222222"
faint = "#666666"
pale = "#E3E3E3"
bold(size, words) = sprintf("{/:Bold=%.2f %s}", kind eq "svg" ? size : 0.75 * size, words)

# What the axes have to hold.
stats $trials using 2 name "median" nooutput
stats $trials using 3 name "least" nooutput
stats $trials using 4 name "greatest" nooutput
end_of_part(part) = part > 0 ? column(4 + part) : 0
array largest[4]                                # share of a part in any time
do for [part = 1:4] {
    stats $trials using ((end_of_part(part) - end_of_part(part - 1)) / $2) name "share" nooutput
    largest[part] = share_max
}
if (lines > 0) {
    stats $speedups using 1 name "threads" nooutput
    stats $speedups using 4 name "speedup" nooutput
}

set multiplot
set label bold(18, title) at screen X(margin),Y(28) textcolor rgb ink
set label subtitle at screen X(margin),Y(50) textcolor rgb faint

# ---- bars ----

field(trial, column) = word($trials[trial], column)
longest = 0
do for [i = 1:bars] {
    if (strlen(field(i, 1)) > longest) { longest = strlen(field(i, 1)) }
}
bars_left = margin + letter * longest + 10
bars_right = width - margin - 150               # the speedups stand to the right
beside = 75. / (bars_right - bars_left)         # room for a time behind its bar

# A bar that is 50 times as short as another one could not be seen. Then the axis is
# logarithmic, on which a part of a length is not that part of the time.
logarithmic = median_max >= 50 * median_min
if (logarithmic) {
    set logscale x
    axis_low = 10 ** floor(log10(least_min) - 0.1)
    axis_high = axis_low * (greatest_max / axis_low) ** (1 / (1 - beside))
    bar_head = "logarithmic scale: equal steps are equal factors"
} else {
    axis_low = 0
    axis_high = greatest_max / (1 - beside)
    bar_head = ""
    x = bars_left
    do for [part = 1:4] {
        if (largest[part] < 0.0005) { continue }
        set object rectangle from screen X(x),Y(bars_top - 15) to screen X(x + 10),Y(bars_top - 5) \
            fillstyle solid noborder fillcolor rgb part_colour(part)
        set label part_name(part) at screen X(x + 15),Y(bars_top - 10) textcolor rgb faint
        x = x + 30 + letter * strlen(part_name(part))
    }
}
set label bar_head at screen X(bars_left),Y(bars_top - 10) textcolor rgb faint
set label "speedup (95 %)" at screen X(width - margin),Y(bars_top - 10) right textcolor rgb faint
do for [i = 1:bars] {
    y = i - 1
    weigh(words) = field(i, 10) eq "1" ? bold(13, words) : words
    set label weigh(field(i, 1)) at graph 0,first y offset -1,0 right textcolor rgb ink
    set label weigh(field(i, 13)) at screen X(width - margin),first y right textcolor rgb ink
}
do for [i = 1:|$notes|] {
    set label $notes[i] at screen X(margin),Y(bars_bottom + 34 + note_height * (i - 0.5)) \
        noenhanced textcolor rgb faint
}

set lmargin at screen X(bars_left)
set rmargin at screen X(bars_right)
set tmargin at screen Y(bars_top)
set bmargin at screen Y(bars_bottom)
set xrange [axis_low:axis_high]
set yrange [bars - 0.5:-0.5]
set border 2 lc rgb faint
set xtics scale 0 format "%.0s %cs" textcolor rgb faint nomirror
unset ytics
set grid xtics lt 1 lc rgb pale lw 1
set bars 0.6
set style fill solid 1 noborder
set style textbox opaque noborder fillcolor rgb "white" margins 0.4,0.1
unset key
half = 0.31                                     # of a bar's height, in rows
plot for [part in "4 3 2 1"] $trials \
         using (0):0:(0):(end_of_part(int(part))):($0 - half):($0 + half) \
         with boxxyerror lc rgb part_colour(int(part)), \
     $trials using 2:0:(axis_low):(logarithmic ? $2 : axis_low):($0 - half):($0 + half):9 \
         with boxxyerror lc variable, \
     $trials using 2:0:(axis_low):($11 == 1 ? $2 : axis_low):($0 - half):($0 + half) \
         with boxxyerror fs transparent pattern 4 noborder lc rgb "white", \
     $trials using 2:0:3:4 with xerrorbars pt 0 lw 1.2 lc rgb ink, \
     $trials using 4:0:12 with labels left offset 0.5,0 boxed noenhanced textcolor rgb ink

# ---- speedups ----

if (lines > 0) {
    unset label
    unset object
    unset logscale
    low = real(threads_min)
    high = real(threads_max)

    # Numbers of threads are marked where they were tried. The axis is logarithmic
    # where that keeps them farther apart.
    linear_gap = 1.
    logarithmic_gap = 1.
    set xtics scale 0.5 format "%g" textcolor rgb faint nomirror
    do for [i = 1:words(tried)] {
        next = real(word(tried, i))
        set xtics add (word(tried, i) next)
        if (i > 1) {
            linear = (next - last) / (high - low)
            factor = log(next / last) / log(high / low)
            if (linear < linear_gap) { linear_gap = linear }
            if (factor < logarithmic_gap) { logarithmic_gap = factor }
        }
        last = next
    }
    if (logarithmic_gap > linear_gap) {
        set logscale x
        unset mxtics
        along(part) = low * (high / low) ** part
        move(x, part) = x * (high / low) ** part
    } else {
        along(part) = low + (high - low) * part
        move(x, part) = x + (high - low) * part
    }
    # Lines are moved aside a little, so that their intervals do not cover each other.
    step = 0.024 / lines < 0.01 ? 0.024 / lines : 0.01
    aside(i) = step * (i - (lines - 1) / 2.)

    # All of the ideal is shown, unless that would press the rest into the lower half.
    top = high > speedup_max && high <= 2 * speedup_max ? high : speedup_max
    speedups_right = width - margin - 200       # the names stand to the right

    set label bold(13, "Speedup over " . over) at screen X(margin),Y(speedups_top - 22) \
        textcolor rgb ink
    set lmargin at screen X(margin + 40)
    set rmargin at screen X(speedups_right)
    set tmargin at screen Y(speedups_top)
    set bmargin at screen Y(speedups_bottom)
    set xrange [along(-0.03):along(1.03)]
    set yrange [0:1.05 * top]
    set border 1 lc rgb faint
    set ytics scale 0 format "%g" textcolor rgb faint nomirror
    unset grid
    set grid ytics lt 1 lc rgb pale lw 1
    set xlabel "threads" textcolor rgb faint
    set key at screen X(speedups_right + 10),Y(speedups_top) left top vertical \
        maxrows lines + 1 Left reverse samplen 2 spacing 1.25 textcolor rgb ink

    name(i) = word($lines[i + 1], 1)
    executor(i) = int(word($lines[i + 1], 2))
    mark(i) = int(word("7 5 9 13 11", 1 + int(word($lines[i + 1], 3)) % 5))
    plot (x >= low && x <= high ? x : NaN) lc rgb faint dt 2 title "ideal", \
         for [i = 0:lines - 1] $speedups index i using (move($1, aside(i))):2:3:4 \
         with yerrorlines lt executor(i) lw 1.6 pt mark(i) ps 0.7 title name(i)
}
unset multiplot
