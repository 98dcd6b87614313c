"""Reads citations with parsers that know nothing of Pharos and prints what they make of them, a JSON object a line.

usage: parse-citations.py bibtex|ris FILE     (bibtexparser 2, which brings pylatexenc; rispy)

Each line holds title, authors as said (given name first), year and id. The id is the one of the first field that
tells it: eprint, the address of the ACL Anthology or of arXiv, doi, pharosid; in RIS the accession number.
"""

import json
import re
import sys
from urllib.parse import unquote


LATEX = re.compile(r"[\\{}$~%#&_^`'-]")


def read_bibtex(path):
    import bibtexparser
    from bibtexparser.middlewares import LatexDecodingMiddleware
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    decoder = LatexDecodingMiddleware(keep_math_mode=True)._decoder

    def printed(latex):
        # Text without any sign that LaTeX acts on is itself, and the decoder is slow.
        text = decoder.latex_to_text(latex) if LATEX.search(latex) else latex
        # The decoder prints the circumflex as a modifier letter; for what is compared here the two are one.
        return text.replace("\u02c6", "^")

    with open(path, encoding="utf-8") as file:
        library = bibtexparser.parse_string(file.read())
    for block in library.failed_blocks:
        print(json.dumps({"failed": block.raw[:500]}))
    for entry in library.entries:
        fields = {field.key: field.value for field in entry.fields}
        authors = []
        for name in split_multiple_persons_names(fields.get("author", "")):
            parts = parse_single_name_into_parts(name)
            words = [*parts.first, *parts.von, *parts.last, *parts.jr]
            authors.append(" ".join(printed(word) for word in words))
        yield {
            "key": entry.key,
            "type": entry.entry_type,
            "id": bibtex_id(fields),
            "title": printed(fields["title"]),
            "authors": authors,
            "year": fields.get("year", ""),
            "month": fields.get("month", ""),
            "day": fields.get("day", ""),
        }


def bibtex_id(fields):
    if "eprint" in fields:
        return fields["eprint"]
    if "pharosid" in fields:
        return unquote(fields["pharosid"])
    anthology = re.fullmatch(r"https?://(?:www\.)?aclanthology\.org/([^/]+)/?", fields.get("url", ""))
    if anthology:
        return anthology[1]
    return unquote(fields.get("doi", ""))


def spoken(name):
    family, *rest = name.split(", ")
    return " ".join([*rest[:1], family, *rest[1:]])


def read_ris(path):
    import rispy

    with open(path, encoding="utf-8") as file:
        records = rispy.load(file)
    for record in records:
        yield {
            "key": record.get("id", ""),
            "type": record["type_of_reference"],
            "id": record.get("accession_number", ""),
            "title": record.get("title") or record.get("primary_title", ""),
            "authors": [spoken(name) for name in record.get("authors", [])],
            "year": record.get("year", ""),
        }


kind, path = sys.argv[1:]
for row in {"bibtex": read_bibtex, "ris": read_ris}[kind](path):
    print(json.dumps(row))
