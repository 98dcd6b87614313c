"""Reads feeds by feedparser, as it comes from PyPI, and prints what it understood.

    parse-feeds.py ADDRESS...

One line of JSON a feed. `again` is the status of asking once more with what the first answer said of its state.
"""

import json
import sys

import feedparser

for address in sys.argv[1:]:
    feed = feedparser.parse(address, sanitize_html=False)
    again = feedparser.parse(address, etag=feed.get("etag"), modified=feed.get("modified"))
    entries = [
        {
            "id": entry.id,
            "title": entry.title,
            "summary": entry.get("summary", ""),
            "link": entry.link,
            "published": entry.get("published"),
            "authors": [author.get("name") for author in entry.get("authors", [])],
            "tags": [tag.term for tag in entry.get("tags", [])],
        }
        for entry in feed.entries
    ]
    print(
        json.dumps(
            {
                "version": feed.version,
                "bozo": bool(feed.bozo),
                "problem": str(feed.get("bozo_exception", "")),
                "title": feed.feed.title,
                "updated": feed.feed.get("updated"),
                "again": again.get("status"),
                "entries": entries,
            }
        )
    )
