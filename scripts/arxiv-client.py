"""Asks a server by the arxiv package, as it comes from PyPI, and prints what it understood.

    arxiv-client.py URL < searches.json

A search is the arguments of arxiv.Search by their names, with `page_size` beside them; sort_by and sort_order go by
their values. One line of JSON a search: a list of results, or { "error": class, "status": HTTP status }.
"""

import json
import sys

import arxiv


def read(result):
    return {
        "id": result.get_short_id(),
        "title": result.title,
        "summary": result.summary,
        "authors": [author.name for author in result.authors],
        "published": result.published.isoformat(),
        "updated": result.updated.isoformat(),
        "primary": result.primary_category,
        "categories": result.categories,
        "doi": result.doi,
        "comment": result.comment,
        "journal": result.journal_ref,
        "pdf": result.pdf_url,
    }


def answer(url, page_size=100, sort_by="relevance", sort_order="descending", **search):
    client = arxiv.Client(page_size=page_size, delay_seconds=0, num_retries=0)
    client.query_url_format = url + "/api/query?{}"
    asked = arxiv.Search(
        sort_by=arxiv.SortCriterion(sort_by), sort_order=arxiv.SortOrder(sort_order), **search
    )
    try:
        return [read(result) for result in client.results(asked)]
    except arxiv.ArxivError as error:
        return {"error": type(error).__name__, "status": getattr(error, "status", None)}


for search in json.load(sys.stdin):
    print(json.dumps(answer(sys.argv[1], **search)))
