"""What test-docx-opens asks of a Word file; see there.

    docx_opens.py text REPORT.md REPORT.docx    no word is lost, in order
    docx_opens.py grid GRID.docx REPORT.docx    make a file of full pages
    docx_opens.py pages REPORT.md REPORT.txt    nor in the laid-out pages
    docx_opens.py lines GRID.txt                22 lines of 28 characters
"""
import re
import sys

import docx
from docx.oxml.ns import qn

LINES, CHARACTERS = 22, 28


def markdown_text(path):
    """The words of our own Markdown, by rules as plain as it is."""
    kept = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if re.fullmatch(r"\|(\s*:?-+:?\s*\|)+\s*", line):
                continue
            line = re.sub(r"^(#+|-|\d+\.|>)\s+", "", line.strip())
            line = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", line)
            line = re.sub(r"(?<!\\)[|*`]", "", line)
            kept.append(re.sub(r"\\([!-/:-@[-`{-~])", r"\1", line))
    return re.sub(r"\s+", "", "".join(kept))


def check(holds, what):
    if not holds:
        sys.exit("docx_opens: " + what)


def difference(given, wanted):
    at = next((i for i, (a, b) in enumerate(zip(given, wanted)) if a != b),
              min(len(given), len(wanted)))
    return "%r for %r" % (given[at - 10:at + 20], wanted[at - 10:at + 20])


def text(markdown, path):
    document = docx.Document(path)
    body = document.element.body
    given = re.sub(r"\s+", "", "".join(t.text for t in body.iter(qn("w:t"))))
    wanted = markdown_text(markdown)
    check(given == wanted, "text differs: " + difference(given, wanted))
    styles = [p.style.name for p in document.paragraphs]
    check(styles[0] == "Title", "no title")
    check("Heading 1" in styles and "Heading 2" in styles, "no headings")
    check(document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader"))
          is not None, "the head of a table is not repeated")
    check(document.core_properties.author == "某区老干部局", "no author")
    check(document.core_properties.created.year == 2023, "no date")
    section = document.sections[0]
    check((section.page_width.mm, section.page_height.mm) == (210, 297)
          or (round(section.page_width.mm), round(section.page_height.mm))
          == (210, 297), "not A4")
    margins = [section.top_margin, section.bottom_margin, section.left_margin,
               section.right_margin]
    check([round(m.mm) for m in margins] == [37, 35, 28, 26], "margins")


def grid(path, report):
    """Three full pages in the body style of a report."""
    document = docx.Document(report)
    body = document.element.body
    upright = document.sections[0]._sectPr  # the last may lie across
    for element in list(body):
        body.remove(element)
    body.append(upright)
    letters = LINES * CHARACTERS * 3
    document.add_paragraph("国" * (letters - 2), style="Body Text")
    document.save(path)


def pages(markdown, path):
    with open(path, encoding="utf-8") as file:
        laid_out = file.read()
    bare = re.sub(r"\s+", "", re.sub(r"— ?\d+ ?—", "", laid_out))
    # Numbers of a list are drawn, not written; cells wrap over lines.
    for word in re.findall(r"[\u4e00-\u9fff]{4,12}", markdown_text(markdown)):
        if word not in bare:
            check(all(letter in bare for letter in word), "lost " + word)
    numbers = re.findall(r"— ?(\d+) ?—", laid_out)
    check(numbers == [str(i + 1) for i in range(len(numbers))]
          and len(numbers) == laid_out.count("\f"), "page numbers")


def lines(path):
    with open(path, encoding="utf-8") as file:
        sheets = file.read().rstrip("\f").split("\f")
    check(len(sheets) == 3, "%d pages" % len(sheets))
    for number, sheet in enumerate(sheets):
        full = [line.strip() for line in sheet.splitlines() if "国" in line]
        check(len(full) == LINES, "%d lines on a page" % len(full))
        for at, line in enumerate(full):
            wanted = CHARACTERS - (2 if number == 0 and at == 0 else 0)
            check(len(line) == wanted, "%d characters on a line" % len(line))


if __name__ == "__main__":
    {"text": text, "grid": grid, "pages": pages,
     "lines": lines}[sys.argv[1]](*sys.argv[2:])
