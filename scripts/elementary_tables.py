#!/usr/bin/env python3
"""Writes the constants of the elementary functions and of the normal quantile, from their definitions.

    scripts/elementary_tables.py > src/base/elementary_tables.hpp
    scripts/elementary_tables.py normal > src/number/normal_tables.hpp

Needs mpmath (Debian: python3-mpmath). Everything is computed with 300 bits and rounded once; polynomials are Chebyshev
interpolants, which miss the best ones by a factor of about 2. What each table is for stands where it is used.
"""
import sys

import mpmath as mp

mp.mp.prec = 300


def hexed(x):
    return float(x).hex() if x else "0"


def short(x, quantum):
    """x rounded to a multiple of 2**-quantum."""
    return mp.nint(mp.ldexp(x, quantum)) / mp.mpf(2) ** quantum


def polynomial(f, low, high, degree):
    """Coefficients from the constant upwards of the interpolant in Chebyshev's points."""
    low, high = mp.mpf(low), mp.mpf(high)
    n = degree + 1
    xs = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * k + 1) / (2 * n)) for k in range(n)]
    table = [f(x) for x in xs]  # Newton's divided differences, then multiplied out
    for step in range(1, n):
        for k in range(n - 1, step - 1, -1):
            table[k] = (table[k] - table[k - 1]) / (xs[k] - xs[k - step])
    c = [table[-1]]
    for k in range(n - 2, -1, -1):
        c = [mp.mpf(0)] + c
        for i in range(len(c) - 1):
            c[i] -= xs[k] * c[i + 1]
        c[0] += table[k]
    return c


def row(values):
    return "{" + ", ".join(hexed(v) for v in values) + "}"


def array(kind, name, rows, note):
    print(f"\n// {note}")
    print(f"inline constexpr {kind} {name}[]{{")
    print(",\n".join("    " + r for r in rows) + "};")


def parts(x, bits):
    """x as a number of `bits` bits and the rest."""
    high = short(x, bits - 1 - int(mp.floor(mp.log(abs(x), 2))))
    return high, mp.mpf(float(x - high))


def normal_tables():
    print("""// Written by scripts/elementary_tables.py normal; not to be edited.
// clang-format off
#pragma once
namespace entente::number::tables {
struct Normal { double rest, c[12]; };""")

    def quantile(u):
        return mp.sqrt(2) * mp.erfinv(2 * u - 1)

    def inner(z):  # quantile(1/2 + q) / q with z = q^2
        if abs(z) < mp.mpf(2) ** -120:
            return mp.sqrt(2 * mp.pi) * (1 + mp.pi * z / 3)
        q = mp.sqrt(z)
        return quantile(mp.mpf(1) / 2 + q) / q

    def outer(r):  # -quantile(e^(-r^2)), by Newton's method from 4 digits on: erfinv has no tail
        p = mp.exp(-r * r)
        x = mp.sqrt(2 * r * r - mp.log(4 * mp.pi * r * r) if r > 2 else mp.mpf(1))
        for _ in range(60):
            off = mp.erfc(x / mp.sqrt(2)) / 2 / p
            step = mp.log(off) * off * p * mp.sqrt(2 * mp.pi) * mp.exp(x * x / 2)
            x += step
            if abs(step) < mp.mpf(2) ** -200:
                break
        return x

    for name, f, first, count, width, note in (
            ("inner", inner, mp.mpf(0), 10, mp.mpf(1) / 64, "quantile(1/2 + q) / q in powers of q^2 - middle, cells of 1/64 from 0 on."),
            ("outer", outer, mp.mpf(11) / 8, 41, mp.mpf(1) / 8, "-quantile(p) in powers of sqrt(-ln p) - middle, cells of 1/8 from 11/8 on.")):
        rows = []
        for k in range(count):
            middle = first + (k + mp.mpf(1) / 2) * width
            c = polynomial(lambda h: f(middle + h), -width / 2, width / 2, 11)
            rows.append("{" + hexed(c[0] - mp.mpf(float(c[0]))) + ", {" + ", ".join(hexed(v) for v in c) + "}}")
        array("Normal", name, rows, note + " `rest` is what c[0] lacks.")
    print("}  // namespace entente::number::tables\n// clang-format on")


if sys.argv[1:] == ["normal"]:
    normal_tables()
    sys.exit()

print("""// Written by scripts/elementary_tables.py; not to be edited.
// clang-format off
#pragma once
namespace entente::tables {
struct Exp { double power, rest; };
struct Log { double inverse, high, low; };
struct Centre { double at, inverse, high, low; };
struct Atan { double at, high, low; };""")

print("\n// ln 2 and ln 2 / 128 with few enough bits that their products with exponents are exact, and the rests.")
h = short(mp.log(2), 42)
print(f"inline constexpr double ln2_high = {hexed(h)}, ln2_low = {hexed(mp.log(2) - h)};")
h = short(mp.log(2) / 128, 41)
print(f"inline constexpr double step_high = {hexed(h)}, step_low = {hexed(mp.log(2) / 128 - h)};")
for name, value in (("per_ln2", 1 / mp.log(2)), ("per_ln10", 1 / mp.log(10)), ("ln2", mp.log(2)),
                    ("two_per_root_pi", 2 / mp.sqrt(mp.pi)), ("half_pi", mp.pi / 2)):
    h = mp.mpf(float(value))
    print(f"inline constexpr double {name}_first = {hexed(h)}, {name}_second = {hexed(value - h)};")
h1 = short(mp.pi / 2, 32)
h2 = short(mp.pi / 2 - h1, 65)
h3 = short(mp.pi / 2 - h1 - h2, 98)
print(f"inline constexpr double quarter_1 = {hexed(h1)}, quarter_2 = {hexed(h2)}, quarter_3 = {hexed(h3)},\n"
      f"                        quarter_4 = {hexed(mp.pi / 2 - h1 - h2 - h3)};")

rows = []
for j in range(128):
    x = mp.mpf(2) ** (mp.mpf(j) / 128)
    h = mp.mpf(float(x))
    rows.append(row([h, (x - h) / h]))
array("Exp", "exp_steps", rows, "2^(j / 128), and by how much of it the rounded one is too small.")

rows = []
for j in range(128):
    # Cells of the significand from 0x1.6p-1 on, 128 of them up to twice that.
    low = mp.mpf("0.6875") + mp.mpf(j) / 256 if j < 80 else 1 + mp.mpf(j - 80) / 128
    high = low + (mp.mpf(1) / 256 if j < 80 else mp.mpf(1) / 128)
    inverse = short(2 / (low + high), 10)
    if high == 1 or low == 1:
        inverse = mp.mpf(1)
    log = -mp.log(inverse)
    h = short(log, 42)
    rows.append(row([inverse, h, log - h]))
array("Log", "log_cells", rows, "1 / c for a c inside the cell, with 10 bits behind the point, and ln c in two parts.")


def centre(middle):
    """The double beside the middle of a cell whose inverse is nearest to a double."""
    best = None
    for k in range(-400, 401):
        c = short(middle, 24) + mp.mpf(k) / 2**24
        off = abs(mp.mpf(float(1 / c)) * c - 1)
        if best is None or off < best[0]:
            best = off, c
    return best[1]


rows = []
for j in range(128):
    low = mp.mpf("0.6875") + mp.mpf(j) / 256 if j < 80 else 1 + mp.mpf(j - 80) / 128
    high = low + (mp.mpf(1) / 256 if j < 80 else mp.mpf(1) / 128)
    c = mp.mpf(1) if high == 1 or low == 1 else centre((low + high) / 2)
    h = short(mp.log(c), 42)
    rows.append(row([c, 1 / c, h, mp.log(c) - h]))
array("Centre", "log_centres", rows, "A c in the middle of the same cells, 1 / c, which is a double to 2^-60 of itself, and ln c in two parts.")


def tail(r):
    r = mp.mpf(r)
    if abs(r) < mp.mpf(2) ** -40:
        return mp.mpf(1) / 3 - r / 4 + r * r / 5
    return (mp.log1p(r) - r + r * r / 2) / r**3


lowest, highest = -mp.mpf("0.0046"), mp.mpf(1) / 128
for name, degree in (("log_tail", 4), ("log_long_tail", 6)):
    c = polynomial(tail, lowest, highest, degree)
    print(f"\n// (ln(1 + r) - r + r^2 / 2) / r^3, r from {float(lowest)} to 2^-7.")
    print(f"inline constexpr double {name}[]" + row(c) + ";")



def complement(name, cells, degree, of, note):
    """Polynomials in x - middle; the constant and what it lacks come first."""
    print(f"struct {name.capitalize()} {{ double middle, rest, c[{degree + 1}]; }};")
    rows = []
    for low, width in cells:
        middle = low + width / 2
        c = polynomial(lambda h: of(middle + h), -width / 2, width / 2, degree)
        first, rest = parts(c[0], 26 if name == "scaled" else 53)
        rows.append("{" + hexed(middle) + ", " + hexed(rest) + ", {" + ", ".join(hexed(v) for v in [first] + c[1:]) + "}}")
    array(name.capitalize(), name + "_erfc", rows, note)


complement("plain", [(mp.mpf(k) / 32, mp.mpf(1) / 32) for k in range(128)], 8, mp.erfc,
           "erfc x in powers of x - middle, cells of 1/32 up to 4; `rest` is what c[0] lacks.")
complement("scaled", [(mp.mpf(2) ** (k // 8 + 2) * (1 + mp.mpf(k % 8) / 8), mp.mpf(2) ** (k // 8 - 1)) for k in range(24)], 12,
           lambda x: mp.exp(x**2) * mp.erfc(x),
           "exp(x^2) erfc x in powers of x - middle, eight cells an octave from 4 on; c[0] has 26 bits, `rest` is what it lacks.")

rows = []
for j in range(17):
    x = mp.mpf(j) / 16
    a = mp.atan(x)
    h = mp.mpf(float(a))
    rows.append(row([x, h, a - h]))
array("Atan", "atan_points", rows, "arc tangent of j / 16 in two parts.")



def series(f, terms):
    """f near 0 is its series, where the closed form cancels."""
    return lambda z: terms(z) if abs(z) < mp.mpf(2) ** -20 else f(mp.sqrt(z))


def print_polynomial(name, note, f, high, degree):
    print(f"\n// {note}")
    print(f"inline constexpr double {name}[]" + row(polynomial(f, 0, high, degree)) + ";")


def taylor(first, step, sign=-1):
    return lambda z: mp.fsum(sign**k * z**k * first(k) for k in range(step))


quarter = (mp.pi / 4 + mp.mpf(2) ** -20) ** 2
print_polynomial("sine", "(sin x - x) / x^3 in powers of x^2, x up to pi / 4.",
                 series(lambda x: (mp.sin(x) - x) / x**3, taylor(lambda k: -1 / mp.factorial(2 * k + 3), 12)), quarter, 6)
print_polynomial("cosine", "(cos x - 1 + x^2 / 2) / x^4 in powers of x^2, x up to pi / 4.",
                 series(lambda x: (mp.cos(x) - 1 + x * x / 2) / x**4, taylor(lambda k: 1 / mp.factorial(2 * k + 4), 12)),
                 quarter, 5)
print_polynomial("arc_tangent", "(atan x - x) / x^3 in powers of x^2, x up to 7 / 16.",
                 series(lambda x: (mp.atan(x) - x) / x**3, taylor(lambda k: -mp.mpf(1) / (2 * k + 3), 12)), mp.mpf(49) / 256, 11)

rows = []
for c in (mp.mpf(1) / 2, mp.mpf(1), mp.mpf(3) / 2, None):
    a = mp.atan(c) if c is not None else mp.pi / 2
    h = mp.mpf(float(a))
    rows.append(row([c if c is not None else 0, h, a - h]))
array("Atan", "atan_steps", rows, "arc tangent of 1/2, 1, 3/2 and infinity in two parts.")

rows = []
word = mp.mpf(2) ** 32
value = 2 / mp.pi
mp.mp.prec = 1400
value = 2 / mp.pi
words = []
for k in range(38):
    value *= word
    w = int(mp.floor(value))
    value -= w
    words.append(f"0x{w:08x}")
mp.mp.prec = 300
print("\n// The bits of 2 / pi behind the point, 32 at a time.")
print("inline constexpr unsigned two_per_pi[]{" + ", ".join(words) + "};")

c = [(-1) ** k * (mp.zeta(k) - 1) / k for k in range(2, 30)]
c = [1 - mp.euler] + c
print("\n// ln Gamma(2 + z) in powers of z, from z^1 on: 1 - gamma, then (-1)^k (zeta(k) - 1) / k.")
print("inline constexpr double log_gamma_at_2[]" + row(c) + ";")
c = [mp.bernoulli(2 * k) / (2 * k * (2 * k - 1)) for k in range(1, 11)]
print("\n// B_2k / (2k (2k - 1)): Stirling's series of ln Gamma.")
print("inline constexpr double stirling[]" + row(c) + ";")
print(f"inline constexpr double half_ln_two_pi = {hexed(mp.log(2 * mp.pi) / 2)};")
print("}  // namespace entente::tables\n// clang-format on")
