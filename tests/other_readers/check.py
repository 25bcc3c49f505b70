#!/usr/bin/env python3
"""Reads exports of fonds with the parsers of others, those of them that are installed.

    check.py FONDS [RECORDS]

RECORDS is a file that fonds reads, by default records.jsonl beside this script. The parsers: rispy,
bibtexparser, markdown-it-py (pip), citeproc (npm, with node). A parser that is missing is named. Exit code 1
if one of them reads something else than fonds wrote.
"""
import csv
import io
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
problems = []


def export(binary, file, fmt):
    command = [binary, "export", "--order", "archive", "--keep-duplicates", str(file), "--format", fmt, "-o", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def expect(what, found, expected):
    if found != expected:
        problems.append(f"{what}: {found!r} instead of {expected!r}")


def words(text):
    """The words of a text, with the signs that fonds writes for control characters."""
    text = " ".join(text.split())
    return "".join(chr(0x2400 + ord(letter)) if ord(letter) < 32 else letter for letter in text)


def texts(record, key):
    value = record.get(key, [])
    return value if isinstance(value, list) else [value]


def check_ris(text, records):
    import rispy

    entries = rispy.loads(text)
    expect("rispy: entries", len(entries), len(records))
    for entry, record in zip(entries, records):
        title = entry.get("title") or entry.get("primary_title") or ""
        expect("rispy: title", words(title), words(texts(record, "title")[0]))
        expect("rispy: authors", len(entry.get("authors", [])), len(texts(record, "creator")))
        expect("rispy: unknown tags", entry.get("unknown_tag", {}), {})
        # A reader that splits at any line end must find the same.
    lines = [line for line in text.splitlines() if line.strip()]
    expect("RIS: references by line", sum(line.startswith("TY  - ") for line in lines), len(records))
    expect("RIS: lines without a tag", [line for line in lines if line[2:6] != "  - "], [])


def check_biblatex(text, records):
    import bibtexparser

    if hasattr(bibtexparser, "parse_string"):
        library = bibtexparser.parse_string(text)
        expect("bibtexparser: failed blocks", len(library.failed_blocks), 0)
        entries = [{key: field.value for key, field in entry.fields_dict.items()} for entry in library.entries]
    else:
        parser = bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False)
        entries = parser.parse(text).entries
    expect("bibtexparser: entries", len(entries), len(records))
    for entry, record in zip(entries, records):
        expect("bibtexparser: has a title", "title" in entry, True)
        authors, depth = 1 if entry.get("author") else 0, 0
        for at, letter in enumerate(entry.get("author", "")):
            depth += (letter == "{") - (letter == "}")
            authors += depth == 0 and entry["author"][at : at + 5] == " and "
        expect("bibtexparser: authors", authors, len(texts(record, "creator")))


def check_markdown(text, records):
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(text)
    headings = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "heading_open"]
    expect("CommonMark: headings", len(headings), len(records))
    for heading, record in zip(headings, records):
        plain = "".join(child.content for child in heading.children)
        expect("CommonMark: title", words(plain), words(texts(record, "title")[0]))
    inline = [child for token in tokens if token.children for child in token.children]
    links = [child.attrs["href"] for child in inline if child.type == "link_open"]
    urls = [url for record in records for url in texts(record, "url") if url.startswith("http")]
    expect("CommonMark: links", links, urls)
    markup = {token.type for token in tokens} | {child.type for child in inline}
    allowed = {"heading_open", "heading_close", "inline", "text", "bullet_list_open", "bullet_list_close",
               "list_item_open", "list_item_close", "paragraph_open", "paragraph_close", "link_open", "link_close",
               "code_inline", "text_special", "softbreak"}
    expect("CommonMark: other markup", sorted(markup - allowed), [])


STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>t</title><id>t</id>
<updated>2026-01-01T00:00:00Z</updated></info><citation><layout><text variable="title"/></layout></citation>
<bibliography><layout delimiter="; "><names variable="author"><name form="long" and="text"/></names>
<text variable="title" prefix="|"/><text variable="archive" prefix="|"/></layout></bibliography></style>"""
LOCALE = """<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="en-US"><terms><term name="and">and</term><term name="et-al">et al.</term>
</terms></locale>"""
SCRIPT = """const CSL = require('citeproc'); const {items, style, locale} = JSON.parse(require('fs').readFileSync(0));
const byId = Object.fromEntries(items.map(item => [item.id, item]));
const engine = new CSL.Engine({retrieveLocale: () => locale, retrieveItem: id => byId[id]}, style);
engine.setOutputFormat('text'); engine.updateItems(items.map(item => item.id));
console.log(JSON.stringify(engine.makeBibliography()[1]));"""


def check_csl(text, records):
    items = json.loads(text)
    expect("CSL-JSON: items", len(items), len(records))
    expect("CSL-JSON: distinct ids", len({item["id"] for item in items}), len(items))
    given = json.dumps({"items": items, "style": STYLE, "locale": LOCALE})
    run = subprocess.run(["node", "-e", SCRIPT], input=given, capture_output=True, text=True)
    if "Cannot find module" in run.stderr:
        raise ImportError("citeproc")
    expect("citeproc: error", run.stderr, "")
    if run.returncode == 0:
        lines = json.loads(run.stdout)
        expect("citeproc: entries", len(lines), len(records))
        found = sorted(words(line.split("|")[1]).lower() for line in lines if line.count("|") >= 1)
        # Markup of CSL in a title is markup for citeproc.
        plain = lambda title: words(title.replace("<b>", "").replace("</b>", ""))
        expect("citeproc: titles", found,
               sorted(plain(texts(record, "title")[0]).lower() for record in records))


def check_csv(text, records):
    rows = list(csv.DictReader(io.StringIO(text)))
    expect("csv: rows", len(rows), len(records))
    for delimiter in [",", ";", "\t"]:
        lines = text if delimiter == "," else text.replace("\r", "\n")
        for row in csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter):
            formulas = [cell for cell in row if cell.startswith(tuple("=+-@＝＋－＠")) and cell[1:2] != " "]
            expect(f"csv: formulas at {delimiter!r}", formulas, [])


CHECKS = [("ris", check_ris, "rispy"), ("biblatex", check_biblatex, "bibtexparser"),
          ("markdown", check_markdown, "markdown-it-py"), ("csl-json", check_csl, "citeproc"), ("csv", check_csv, "csv")]


def check_controls(fmt, text):
    raw = sorted({letter for letter in text if ord(letter) < 32 and letter not in "\t\n\r"})
    expect(f"{fmt}: control characters", raw, [])


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    binary, file = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else HERE / "records.jsonl"
    records = [json.loads(line) for line in export(binary, file, "jsonl").split("\n") if line]
    for fmt, check, parser in CHECKS:
        before = len(problems)
        text = export(binary, file, fmt)
        check_controls(fmt, text)
        try:
            check(text, records)
        except (ImportError, FileNotFoundError):  # FileNotFoundError: no node
            print(f"{fmt}: {parser} is not installed")
            continue
        print(f"{fmt}: {len(problems) - before} problems ({parser})")
    for problem in problems:
        print(problem)
    sys.exit(bool(problems))


main()
