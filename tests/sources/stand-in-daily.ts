/** The daily papers of Hugging Face in the stand-in. */
import type { StandInPaper } from './stand-in-services.ts';

export function dailyList(url: URL, papers: readonly StandInPaper[]): string {
  const page = Number(url.searchParams.get('p') ?? 0);
  const size = Number(url.searchParams.get('limit') ?? 50);
  const newestFirst = papers.toReversed();
  return JSON.stringify(newestFirst.slice(page * size, (page + 1) * size).map(dailyItem));
}

function dailyItem({ id, title, abstract, authors, versions, stamp }: StandInPaper) {
  return {
    paper: {
      id,
      authors: authors.map((name) => ({ _id: name, name, hidden: false })),
      publishedAt: `${versions[0]}T00:00:00.000Z`,
      submittedOnDailyAt: `${stamp}T00:00:00.000Z`,
      title,
      summary: abstract,
      upvotes: 5,
      githubRepo: 'https://github.com/someone/something',
      ai_summary: 'What a machine says of it.',
      ai_keywords: ['things', 'numbers'],
    },
    publishedAt: `${stamp}T00:00:00.000Z`,
    title,
    summary: abstract,
    numComments: 2,
    isAuthorParticipating: false,
  };
}
