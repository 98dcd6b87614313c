"""What trec_eval itself says of a run: `trec-eval-scores.py QRELS RUN` prints the means as JSON.

QRELS holds query, paper and grade with tabs between them, plain or gzip; RUN is what `pharos evaluate --run` writes.
Needs pytrec_eval (PyPI: pytrec-eval-terrier), which is trec_eval's own code. The names of the scores are ours.
"""

import collections
import gzip
import json
import sys

import pytrec_eval


def read_lines(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        return [line.split() for line in file if line.strip()]


def read_qrels(path):
    qrels = collections.defaultdict(dict)
    for query, paper, grade in read_lines(path):
        qrels[query][paper] = int(grade)
    return qrels


def read_run(path):
    run = collections.defaultdict(dict)
    for query, _, paper, _, score, _ in read_lines(path):
        run[query][paper] = float(score)
    return run


def first(hits, depth):
    return dict(sorted(hits.items(), key=lambda hit: -hit[1])[:depth])


def main(qrels_path, run_path):
    qrels, run = read_qrels(qrels_path), read_run(run_path)
    scores = pytrec_eval.RelevanceEvaluator(qrels, {"ndcg_cut.10", "recall.100", "map"}).evaluate(run)
    # trec_eval looks for the first relevant paper however deep, so it is shown the first ten.
    heads = {query: first(hits, 10) for query, hits in run.items()}
    ranks = pytrec_eval.RelevanceEvaluator(qrels, {"recip_rank"}).evaluate(heads)

    def mean(of, name):
        return sum(of.get(query, {}).get(name, 0) for query in qrels) / len(qrels)

    print(
        json.dumps(
            {
                "ndcg10": mean(scores, "ndcg_cut_10"),
                "recall100": mean(scores, "recall_100"),
                "mrr10": mean(ranks, "recip_rank"),
                "map": mean(scores, "map"),
            }
        )
    )


main(*sys.argv[1:])
