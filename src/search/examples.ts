/** What a request for related work gives: papers of the index and pasted texts, as texts and as vectors. */
import type { Embedder } from '../embed/embedder.ts';
import type { EngineReader } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import { embeddedText } from '../paper/embedded-text.ts';
import type { Paper, PaperId } from '../paper/paper.ts';
import type { CompleteRelated } from './complete-request.ts';
import { meanVectors, windowsOf } from './text-vectors.ts';

export interface Example {
  /** Absent for a pasted text. */
  readonly id?: PaperId;
  readonly text: string;
}

export interface Examples {
  readonly positives: readonly Example[];
  readonly negatives: readonly Example[];
}

export interface VectorMakers {
  readonly engine: Pick<EngineReader, 'vectors'>;
  readonly embedder: Pick<Embedder, 'embedDocuments'>;
  readonly signal: AbortSignal | undefined;
}

/** QUERY_EMPTY where there is no positive; PAPER_NOT_FOUND naming every id that is not in the index. */
export async function readExamples(
  engine: Pick<EngineReader, 'get'>,
  { positive, negative, positiveTexts, negativeTexts }: CompleteRelated,
): Promise<Examples> {
  if (positive.length + positiveTexts.length === 0) {
    throw new AppError('QUERY_EMPTY', {
      message: 'Related work needs at least one paper or text to be near to',
      remedy: 'Give an id or a text.',
    });
  }
  const papers = await engine.get([...positive, ...negative]);
  const missing = [
    ...missingIssues(papers.slice(0, positive.length), positive, 'positive'),
    ...missingIssues(papers.slice(positive.length), negative, 'negative'),
  ];
  if (missing.length > 0) {
    const message = missing.map((issue) => issue.message).join('; ');
    throw new AppError('PAPER_NOT_FOUND', { message, issues: missing });
  }
  return {
    positives: [...stored(papers.slice(0, positive.length)), ...positiveTexts.map((text) => ({ text }))],
    negatives: [...stored(papers.slice(positive.length)), ...negativeTexts.map((text) => ({ text }))],
  };
}

/** One vector an example; stored ones are used, so that a known paper costs no call of the model. */
export async function exampleVectors(
  { engine, embedder, signal }: VectorMakers,
  examples: readonly Example[],
): Promise<Float32Array[]> {
  const ids = examples.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const known = await engine.vectors(ids);
  const byId = new Map(ids.map((id, at) => [id, known[at]]));
  const vectorOf = ({ id }: Example) => (id === undefined ? undefined : byId.get(id));
  const unknown = examples.filter((example) => vectorOf(example) === undefined);
  // A paper that waits for its vector is read as it will be when it gets one.
  const windows = unknown.map(({ id, text }) => (id === undefined ? windowsOf(text) : [text]));
  const made = await meanVectors(embedder, windows, signal);
  return examples.flatMap((example) => vectorOf(example) ?? made[unknown.indexOf(example)] ?? []);
}

function missingIssues(papers: readonly (Paper | undefined)[], ids: readonly PaperId[], side: string) {
  return ids.flatMap((id, at) =>
    papers[at] === undefined
      ? [{ message: `there is no paper ${id} in this index`, pointer: `${side}/${at}` }]
      : [],
  );
}

function stored(papers: readonly (Paper | undefined)[]): Example[] {
  return papers.flatMap((paper) => (paper ? [{ id: paper.id, text: embeddedText(paper) }] : []));
}
