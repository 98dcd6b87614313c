/** The `Pharos` of this process: joins searcher, reader and writer over one index folder. */
import type { z } from 'zod';
import { findPaper } from '../api/find-paper.ts';
import { relatedInput, searchInput, suggestInput } from '../api/request-schemas.ts';
import { validateInput } from '../api/validate-input.ts';
import { toNarrowing } from '../api/wire.ts';
import { addFiles } from '../cli/add-files.ts';
import { findPapers, requirePapers } from '../cli/find-papers.ts';
import type { OpenedModel } from '../cli/open-model.ts';
import { withWriter } from '../cli/opening.ts';
import { everyHit } from '../client/every-hit.ts';
import type { PaperInput } from '../client/paper-input.ts';
import type { AskOptions } from '../client/paper-search.ts';
import type { Example, RelatedInput, SearchInput, SuggestInput } from '../client/requests.ts';
import type { Settings } from '../config/settings.ts';
import type { Embedder } from '../embed/embedder.ts';
import type { EngineReader, EngineStatus } from '../engine/engine.ts';
import { addPapers } from '../indexer/add-papers.ts';
import type { AddReport } from '../indexer/add-report.ts';
import type { Paper } from '../paper/paper.ts';
import type { Hit, SearchAnswer } from '../search/answer.ts';
import type { Searcher } from '../search/searcher.ts';
import type { SuggestAnswer } from '../search/suggest.ts';
import { paperRows } from './paper-rows.ts';
import type { AddFilesOptions, AddOptions, Pharos, WriteOptions } from './pharos.ts';
import { quietIo } from './quiet-io.ts';

interface Parts {
  readonly reader: EngineReader;
  readonly searcher: Searcher;
  readonly embedder: Embedder;
  readonly model: OpenedModel;
  readonly settings: Settings;
  readonly onNotice: ((notice: string) => void) | undefined;
}

export class EmbeddedPharos implements Pharos {
  readonly #parts: Parts;
  #writing: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async search(input: SearchInput, options: AskOptions = {}): Promise<SearchAnswer> {
    const { q, ...narrowing } = checked(searchInput, input);
    return this.#open().searcher.search({ query: q, ...toNarrowing(narrowing) }, options);
  }

  async related(input: RelatedInput, options: AskOptions = {}): Promise<SearchAnswer> {
    const { text = [], positive = [], negative = [], ...narrowing } = checked(relatedInput, input);
    const { reader, searcher } = this.#open();
    const near = await requirePapers(reader, idsIn(positive));
    const far = await requirePapers(reader, idsIn(negative));
    const asked = {
      positive: near.map(({ id }) => id),
      negative: far.map(({ id }) => id),
      positiveTexts: [...text, ...textsIn(positive)],
      negativeTexts: textsIn(negative),
      ...toNarrowing(narrowing),
    };
    return searcher.related(asked, options);
  }

  searchAll(input: SearchInput, options: AskOptions = {}): AsyncGenerator<Hit, void, undefined> {
    return everyHit((page) => this.search(page, options), input);
  }

  relatedAll(input: RelatedInput, options: AskOptions = {}): AsyncGenerator<Hit, void, undefined> {
    return everyHit((page) => this.related(page, options), input);
  }

  async suggest(input: SuggestInput): Promise<SuggestAnswer> {
    const { q, limit } = checked(suggestInput, input);
    return this.#open().searcher.suggest(q, limit === undefined ? {} : { limit });
  }

  async get(id: string): Promise<Paper | undefined> {
    return findPaper(this.#open().reader, id);
  }

  async status(): Promise<EngineStatus> {
    return this.#open().reader.status();
  }

  async add(
    papers: Iterable<PaperInput> | AsyncIterable<PaperInput>,
    { strict = false, wait = false, signal }: AddOptions = {},
  ): Promise<AddReport> {
    const { model, settings, onNotice } = this.#open();
    const scene = { io: quietIo({ onNotice, signal }), settings, space: model.space, isPatient: wait };
    return this.#inTurn(() =>
      withWriter(scene, (engine, work) =>
        addPapers(paperRows(papers), {
          ...{ engine, embedder: model.embedder, strict },
          // One step more than there are workers, so that none waits for the disk.
          embedSizes: { concurrency: settings.threads + 1 },
          ...work,
        }),
      ),
    );
  }

  async addFiles(files: readonly string[], { signal, ...options }: AddFilesOptions = {}): Promise<AddReport> {
    const { model, settings, onNotice } = this.#open();
    const scene = { io: quietIo({ onNotice, signal }), settings, opened: model };
    return this.#inTurn(() => addFiles(files, { ...scene, ...options }));
  }

  async remove(names: readonly string[], { wait = false, signal }: WriteOptions = {}): Promise<string[]> {
    const { model, settings, onNotice } = this.#open();
    const scene = { io: quietIo({ onNotice, signal }), settings, space: model.space, isPatient: wait };
    return this.#inTurn(() =>
      withWriter(scene, async (engine) => {
        const found = await findPapers(engine, names);
        const ids = [...new Set(found.flatMap((paper) => (paper ? [paper.id] : [])))];
        await engine.remove(ids);
        await engine.checkpoint();
        return ids;
      }),
    );
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#writing;
    await this.#parts.reader.close();
    await this.#parts.embedder.close();
  }

  #open(): Parts {
    if (this.#isClosed) throw new Error('This Pharos is closed: open the index again.');
    return this.#parts;
  }

  /** There is one writer at a time, so whoever comes second waits. */
  #inTurn<T>(write: () => Promise<T>): Promise<T> {
    const turn = this.#writing.then(write);
    // The next one writes whatever became of this one, which its own caller is told.
    this.#writing = turn.catch(() => undefined);
    return turn;
  }
}

/** INPUT_INVALID with everything that is wrong. An option that is undefined is one that is left out. */
function checked<Schema extends z.ZodObject>(schema: Schema, input: object): z.infer<Schema> {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return validateInput(schema, Object.fromEntries(given), { pointer: 'json' });
}

function idsIn(examples: readonly Example[]): string[] {
  return examples.filter((example) => typeof example === 'string');
}

function textsIn(examples: readonly Example[]): string[] {
  return examples.flatMap((example) => (typeof example === 'string' ? [] : [example.text]));
}
