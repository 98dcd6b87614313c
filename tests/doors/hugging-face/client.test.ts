/** The real huggingface_hub, unmodified, and its command `hf`, against a running server. */
import { afterAll, describe, expect, it } from 'vitest';
import { removeFolders } from '../../engine/embedded/temporary-index.ts';
import { closeHouse, startHouse } from '../house.ts';
import { PYTHON, runPython, runShell } from '../python.ts';

const PATIENCE_MS = 120_000;

afterAll(async () => {
  await closeHouse();
  await removeFolders();
});

describe.skipIf(PYTHON === undefined)('huggingface_hub (skipped unless PAPER_CLIENTS_PYTHON is set)', () => {
  it(
    'finds, reads and lists papers',
    async () => {
      const { url, json, log } = await startHouse();
      const told = JSON.parse(await runPython(['tests/doors/hugging_face_client.py'], url));
      const native = await json('/api/v1/search?q=neural+networks+for+language&limit=12');
      const ids = (native.hits as { paper: { id: string } }[]).map(({ paper }) => paper.id);
      expect(told.found).toEqual(ids);
      const lamp = {
        id: '2511.00001',
        title: 'Votes for lighthouses',
        authors: ['Ada Fox', 'Bo Hare'],
        published: '2025-11-03T00:00:00+00:00',
        submitted: '2025-11-03T00:00:00+00:00',
        upvotes: 42,
        comments: 3,
        code: 'https://github.com/example/lamp',
        keywords: ['lamps', 'votes'],
      };
      expect(told).toMatchObject({
        many: 130,
        votes: [lamp],
        info: lamp,
        day: [lamp],
        zero: [{ id: '2511.00002', authors: [], upvotes: 0, comments: 0 }],
        undated: [{ id: 'lecture-1', published: null, submitted: null, upvotes: null, code: null }],
        match: ['title'],
        week: ['2511.00002', '2511.00001'],
        month: ['2511.00001', '2511.00003', '2511.00002'],
        paged: ['2511.00001'],
        beyond: [],
        latest: 50,
        ten: 10,
        submitter: [],
        unknown: ['HfHubHTTPError', 404, expect.stringContaining('There is no paper')],
        unread: ['HfHubHTTPError', 404, expect.stringContaining('There is no paper')],
        limit: ['BadRequestError', 400, expect.stringContaining('limit must be at least 1')],
        baddate: ['BadRequestError', 400, expect.stringContaining('date must be one that exists')],
      });
      expect(told.read).toBe(`# ${told.slash}`);
      expect(JSON.stringify(log())).not.toContain('hf_a_token');
    },
    PATIENCE_MS,
  );

  it(
    'has a command that does the same',
    async () => {
      const { url } = await startHouse();
      const found = await runShell('hf papers search "Votes for lighthouses" --limit 1 --format json', url);
      expect(JSON.parse(found)).toMatchObject([{ id: '2511.00001', upvotes: 42 }]);
      expect(await runShell('hf papers ls --week 2025-W45 --format quiet', url)).toBe(
        '2511.00002\n2511.00001\n',
      );
      expect(await runShell('hf papers info hep-th/9711200', url)).toContain('Maldacena');
      expect(await runShell('hf papers read 2511.00001', url)).toContain('# Votes for lighthouses');
      const missing = runShell('hf papers info 2401.99999', url);
      await expect(missing).rejects.toThrow("Paper '2401.99999' not found");
    },
    PATIENCE_MS,
  );
});
