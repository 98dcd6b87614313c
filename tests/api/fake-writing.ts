/** What writes, without an index. */
import { JobBook } from '../../src/api/job-book.ts';
import type { Added, AddOptions, WritingDesk } from '../../src/api/writing-desk.ts';

/** Stores nothing: accepts every line of a body but `bad`, and ends the job at once. */
export class FakeWriting implements WritingDesk {
  readonly jobs = new JobBook();
  readonly removed: string[] = [];

  get jobsUnderWay() {
    return this.jobs.underWay;
  }

  async add(body: AsyncIterable<Buffer>, { format }: AddOptions): Promise<Added> {
    const { id } = this.jobs.open();
    let text = '';
    for await (const bytes of body) text += bytes.toString();
    const rows = text.split('\n').map((line, at) => {
      const place = { row: at + 1, line: at + 1 };
      return line === 'bad' ? { ...place, reason: 'It is bad' } : { ...place, id: line, outcome: format };
    });
    this.jobs.change(id, { state: 'embedding', added: rows.length });
    return { job: this.jobs.get(id), rows };
  }

  async remove(ids: readonly string[]): Promise<void> {
    this.removed.push(...ids);
  }

  job = (id: string) => this.jobs.get(id);

  follow = (id: string, signal: AbortSignal) => this.jobs.follow(id, signal);
}
