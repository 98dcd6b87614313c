"""What semanticscholar reads from the server at SERVER, as JSON: one entry for each thing that is asked."""

import json
import os

from semanticscholar import SemanticScholar

scholar = SemanticScholar(api_url=os.environ["SERVER"], api_key="a_key_of_another_service", retry=False)


def ids(papers):
    return [paper.paperId for paper in papers]


def told(paper):
    return {
        "id": paper.paperId,
        "title": paper.title,
        "authors": [author.name for author in paper.authors],
        "year": paper.year,
        "date": paper.publicationDate and paper.publicationDate.date().isoformat(),
        "external": paper.externalIds,
        "citations": paper.citationCount,
        "cited": paper.references,
        "venue": paper.publicationVenue and paper.publicationVenue.name,
    }


def refusal(ask):
    try:
        ask()
    except Exception as error:
        return [type(error).__name__, str(error)]
    return None


found = scholar.search_paper("neural networks for language", limit=12)
bulk = scholar.search_paper("ladder -fish | outflow", bulk=True, sort="publicationDate:desc")
papers, missing = scholar.get_papers(
    ["ARXIV:1706.03762", "10.1098/rspa.1927.0118", "ACL:W12-3903", "PMID:19872477", "ARXIV:2401.99999"],
    return_not_found=True,
)
snippets = scholar.search_snippet("ladders", paper_ids=["ACL:W12-3903"], limit=3)

print(
    json.dumps(
        {
            "found": ids(found.items),
            "total": found.total,
            "paged": ids(paper for _, paper in zip(range(40), found)),
            "nothing": ids(scholar.search_paper("ladders", year="1066")),
            "whole": len(list(scholar.search_paper("lecture", venue=["ladders"]))),
            "year": [paper.year for paper in scholar.search_paper("votes", year="2025-", limit=5).items],
            "open": [
                paper.isOpenAccess
                for paper in scholar.search_paper("ladders", open_access_pdf=True, limit=5).items
            ],
            "amp": ids(scholar.search_paper("Q&A systems", limit=1).items),
            "study": len(scholar.search_paper("theory", fields_of_study=["Biology"], limit=3).items),
            "bulk": ids(bulk),
            "bulktotal": bulk.total,
            "match": told(scholar.search_paper("votes for lighthouses!", match_title=True)),
            "nomatch": refusal(lambda: scholar.search_paper("totalGarbageNonsense", match_title=True)),
            "slash": told(scholar.get_paper("ARXIV:hep-th/9711200"))["id"],
            "doi": told(scholar.get_paper("10.1098/rspa.1927.0118"))["id"],
            "url": scholar.get_paper("URL:https://arxiv.org/abs/1706.03762v5", fields=["year"]).raw_data,
            "paper": told(scholar.get_paper("2511.00001")),
            "batch": ids(papers),
            "missing": missing,
            "authors": [author.name for author in scholar.get_paper_authors("ACL:W12-3903", limit=2)],
            "cited": len(list(scholar.get_paper_citations("1706.03762"))),
            "cites": len(list(scholar.get_paper_references("1706.03762"))),
            "recommended": ids(scholar.get_recommended_papers("1706.03762", limit=15)),
            "lists": ids(scholar.get_recommended_papers_from_lists(["1706.03762"], ["hep-th/9711200"], limit=15)),
            "positive": len(scholar.get_recommended_papers_from_lists(["1706.03762"], limit=150)),
            "complete": [match.authors_year for match in scholar.get_autocomplete("anthologies of")],
            "snippets": [[one.text, one.snippet.snippet_kind, one.paper.corpus_id] for one in snippets],
            "again": scholar.get_paper(f"CorpusId:{snippets[0].paper.corpus_id}").title,
            "unknown": refusal(lambda: scholar.get_paper("649def34f8be52c8b66281af98ae884c09aef38b")),
            "norelated": refusal(lambda: scholar.get_recommended_papers("x")),
            "badfield": refusal(lambda: scholar.get_paper("1706.03762", fields=["title", "shoeSize"])),
            "badyear": refusal(lambda: scholar.search_paper("a", year="20x1")),
        }
    )
)
