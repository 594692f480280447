#!/usr/bin/env python3
"""Writes src/report/svg/font_widths.cpp: advance widths of a sans family whose letters are as wide as Arial's.

    python3 scripts/font_widths.py /usr/share/fonts/truetype/liberation

The folder holds LiberationSans-Regular.ttf and LiberationSans-Bold.ttf (Debian: fonts-liberation). Only numbers are
taken: for each character the advance from the table `hmtx`, in 1/2048 of the letter size. No outline, no name and no
other part of the font is copied. The family is made to have the widths of Arial (and so of Helvetica), which is what
the pictures' stylesheet asks for first.
"""
import struct
import sys

RANGES = [
    (0x20, 0x17F, "Latin"),
    (0x18F, 0x18F, "schwa"),
    (0x1A0, 0x1B0, "horned letters"),
    (0x1C4, 0x1F5, "Latin, Croatian and Pinyin"),
    (0x218, 0x21B, "Latin, Romanian"),
    (0x2B9, 0x2DD, "modifiers"),
    (0x384, 0x3CE, "Greek"),
    (0x400, 0x4FF, "Cyrillic"),
    (0x5D0, 0x5EA, "Hebrew"),
    (0x1E80, 0x1EF9, "Latin, Welsh and Vietnamese"),
    (0x2010, 0x2044, "dashes, quotation marks, dots"),
    (0x2070, 0x208E, "raised and lowered"),
    (0x20A0, 0x20BF, "currencies"),
    (0x2190, 0x2195, "arrows"),
    (0x2202, 0x2265, "mathematics"),
]


class Font:
    def __init__(self, path):
        self.data = open(path, "rb").read()
        count = struct.unpack(">H", self.data[4:6])[0]
        self.tables = {}
        for i in range(count):
            tag, _, offset, size = struct.unpack(">4sIII", self.data[12 + 16 * i : 28 + 16 * i])
            self.tables[tag.decode()] = (offset, size)
        self.units = self.u16(self.tables["head"][0] + 18)
        self.metrics = self.u16(self.tables["hhea"][0] + 34)
        self.map = self.characters()

    def u16(self, at):
        return struct.unpack(">H", self.data[at : at + 2])[0]

    def characters(self):
        base = self.tables["cmap"][0]
        for i in range(self.u16(base + 2)):
            platform, encoding, offset = struct.unpack(">HHI", self.data[base + 4 + 8 * i : base + 12 + 8 * i])
            if (platform, encoding) == (3, 1) and self.u16(base + offset) == 4:
                return self.segments(base + offset)
        raise SystemExit("no table of Unicode characters of format 4")

    def segments(self, at):
        n = self.u16(at + 6) // 2
        out = {}
        for i in range(n):
            end = self.u16(at + 14 + 2 * i)
            start = self.u16(at + 16 + 2 * n + 2 * i)
            delta = self.u16(at + 16 + 4 * n + 2 * i)
            where = at + 16 + 6 * n + 2 * i
            offset = self.u16(where)
            for c in range(start, min(end, 0xFFFE) + 1):
                glyph = (c + delta) & 0xFFFF
                if offset:
                    glyph = self.u16(where + offset + 2 * (c - start))
                    glyph = (glyph + delta) & 0xFFFF if glyph else 0
                if glyph:
                    out[c] = glyph
        return out

    def advance(self, character):
        glyph = self.map.get(character)
        if glyph is None:
            return 0
        at = self.tables["hmtx"][0] + 4 * min(glyph, self.metrics - 1)
        return round(self.u16(at) * 2048 / self.units)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/truetype/liberation"
    regular, bold = Font(folder + "/LiberationSans-Regular.ttf"), Font(folder + "/LiberationSans-Bold.ttf")
    lines = [
        "// Made by scripts/font_widths.py: how wide letters are, in 1/2048 of their size; 0: not in the font. Advances of",
        "// Liberation Sans, which has the widths of Arial and Helvetica.",
        "// clang-format off",
        '#include "report/svg/font_widths.hpp"',
        "",
        "namespace entente::report::svg {",
        "",
    ]
    numbers = {"regular": [], "bold": []}
    for first, last, _ in RANGES:
        for c in range(first, last + 1):
            numbers["regular"].append(regular.advance(c))
            numbers["bold"].append(bold.advance(c))
    for name, values in numbers.items():
        lines.append(f"const std::array<std::uint16_t, {len(values)}> {name}_widths{{")
        row = " "
        for v in values:
            if len(row) + len(str(v)) + 2 > 120:
                lines.append(row)
                row = " "
            row += f" {v},"
        lines += [row, "};", ""]
    lines.append(f"const std::array<Letters, {len(RANGES)}> letters{{{{")
    at = 0
    for first, last, says in RANGES:
        lines.append(f"  {{0x{first:x}, 0x{last:x}, {at}}},  // {says}")
        at += last - first + 1
    lines += ["}};", "", "}  // namespace entente::report::svg"]
    with open("src/report/svg/font_widths.cpp", "w") as out:
        out.write("\n".join(lines) + "\n")
    with open("src/report/svg/font_widths.hpp", "w") as out:
        out.write(
            "// Made by scripts/font_widths.py: the tables that text.cpp measures with.\n"
            "#pragma once\n#include <array>\n#include <cstdint>\n\nnamespace entente::report::svg {\n\n"
            "struct Letters {\n  std::uint32_t first, last, at;  ///< characters, and where their widths begin\n};\n"
            f"extern const std::array<std::uint16_t, {at}> regular_widths, bold_widths;\n"
            f"extern const std::array<Letters, {len(RANGES)}> letters;\n\n"
            "}  // namespace entente::report::svg\n"
        )


if __name__ == "__main__":
    main()
