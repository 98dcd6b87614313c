/**
 * A paper as the papers pages of Hugging Face put it. What the corpus does not know is left out, since every field
 * but the id is optional there. The shapes are those that huggingface_hub 2.4 reads (`PaperInfo`):
 * - of a list item it takes title, comments, code and keywords from the top only, the authors from the nested paper;
 *   authors on top would take the place of those that it has read;
 * - of a zero in the nested paper it makes nothing, so that counts stand on top as well;
 * - a date must be an instant in UTC that ends in `Z`, or the whole list breaks.
 */
import type { Paper } from '../../paper/paper.ts';
import { sourceOf } from '../../paper/source.ts';
import type { Hit } from '../../search/answer.ts';
import type { Mode } from '../../search/request.ts';

/** One entry of a list. With a hit, why it was found stands beside it. */
export function listItem(paper: Paper) {
  const { title, abstract } = paper;
  return {
    paper: nestedPaper(paper),
    id: paper.id,
    title,
    summary: abstract,
    ...(paper.published !== undefined && { publishedAt: instantOf(paper.published) }),
    ...countsOf(paper),
    ...topFields(paper),
  };
}

export function hitItem({ rank, score, confidence, paper, match }: Hit, mode: Mode) {
  const { lexicalRank, semanticRank, similarity, exact, passage } = match;
  return {
    ...listItem(paper),
    ...{ rank, score, confidence },
    match: { mode, lexicalRank, semanticRank, similarity, exact, passage },
  };
}

/** The answer about one paper. It links to nothing: the corpus holds papers only. */
export function flatPaper(paper: Paper) {
  return {
    ...nestedPaper(paper),
    ...countsOf(paper),
    ...topFields(paper),
    linkedModels: [],
    numTotalModels: 0,
    linkedDatasets: [],
    numTotalDatasets: 0,
    linkedSpaces: [],
    numTotalSpaces: 0,
  };
}

function nestedPaper(paper: Paper) {
  const { id, title, abstract, authors, published, upvotes, code, keywords } = paper;
  const { url, doi, venue, categories } = paper;
  const instant = published === undefined ? undefined : instantOf(published);
  return {
    id,
    title,
    summary: abstract,
    authors: authors.map((name) => ({ name, hidden: false })),
    // The corpus knows one date of a paper, so it was put on the list on the day when it appeared.
    ...(instant !== undefined && { publishedAt: instant, submittedOnDailyAt: instant }),
    ...(upvotes !== undefined && { upvotes }),
    ...(code !== undefined && { githubRepo: code }),
    ...(keywords !== undefined && { ai_keywords: keywords }),
    categories,
    ...(url !== undefined && { url }),
    ...(doi !== undefined && { doi }),
    ...(venue !== undefined && { venue }),
  };
}

function topFields(paper: Paper) {
  const { code, keywords } = paper;
  return {
    source: sourceOf(paper),
    ...(code !== undefined && { githubRepo: code }),
    ...(keywords !== undefined && { ai_keywords: keywords }),
  };
}

function countsOf({ upvotes, comments }: Paper) {
  return {
    ...(upvotes !== undefined && { upvotes }),
    ...(comments !== undefined && { numComments: comments }),
  };
}

/** The beginning of the first day that a date can mean. */
function instantOf(published: string): string {
  return `${`${published}-01-01`.slice(0, 10)}T00:00:00.000Z`;
}
