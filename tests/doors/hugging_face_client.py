"""What huggingface_hub reads from the server at HF_ENDPOINT, as JSON: one entry for each thing that is asked."""

import json

from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError

api = HfApi(token="hf_a_token_of_another_service")


def told(paper):
    return {
        "id": paper.id,
        "title": paper.title,
        "authors": [author.name for author in paper.authors or []],
        "published": paper.published_at and paper.published_at.isoformat(),
        "submitted": paper.submitted_at and paper.submitted_at.isoformat(),
        "upvotes": paper.upvotes,
        "comments": paper.comments,
        "code": paper.github_repo,
        "keywords": paper.ai_keywords,
    }


def refusal(ask):
    try:
        ask()
    except HfHubHTTPError as error:
        return [type(error).__name__, error.response.status_code, str(error)]
    return None


def ids(papers):
    return [paper.id for paper in papers]


print(
    json.dumps(
        {
            "found": ids(api.list_papers(query="neural networks for language", limit=12)),
            "many": len(list(api.list_papers(query="neural networks", limit=130))),
            "votes": [told(paper) for paper in api.list_papers(query="Votes for lighthouses", limit=1)],
            "zero": [told(paper) for paper in api.list_papers(query="Votes for nobody", limit=1)],
            "undated": [told(paper) for paper in api.list_papers(query="A lecture without a date", limit=1)],
            "match": [paper.match["exact"] for paper in api.list_papers(query="Votes for lighthouses", limit=1)],
            "info": told(api.paper_info("2511.00001")),
            "slash": told(api.paper_info("hep-th/9711200"))["title"],
            "read": api.read_paper("hep-th/9711200").splitlines()[0],
            "unknown": refusal(lambda: api.paper_info("2401.99999")),
            "unread": refusal(lambda: api.read_paper("2401.99999")),
            "limit": refusal(lambda: list(api.list_papers(query="a", limit=-1))),
            "baddate": refusal(lambda: list(api.list_daily_papers(date="2025-13-40"))),
            "day": [told(paper) for paper in api.list_daily_papers(date="2025-11-03")],
            "week": ids(api.list_daily_papers(week="2025-W45")),
            "month": ids(api.list_daily_papers(month="2025-11", sort="trending")),
            "paged": ids(api.list_daily_papers(month="2025-11", p=1, limit=2)),
            "beyond": ids(api.list_daily_papers(date="2025-11-03", p=100)),
            "latest": len(list(api.list_daily_papers())),
            "ten": len(list(api.list_daily_papers(limit=10))),
            "submitter": ids(api.list_daily_papers(submitter="akhaliq")),
        }
    )
)
