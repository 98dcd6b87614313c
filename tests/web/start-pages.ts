/** The pages over fakes, as a browser without styles and scripts would have them. */
import { webRoutes } from '../../src/web/routes.tsx';
import { startTestServer } from '../api/test-server.ts';

type Parts = Parameters<typeof startTestServer>[0];
type Settings = Parameters<typeof startTestServer>[1];

export async function startPages(parts: Parts = {}, settings: Settings = {}) {
  const server = await startTestServer({ pages: webRoutes('tests/no-such-folder'), ...parts }, settings);
  const page = async (path: string) => {
    const answer = await server.ask(path);
    return { answer, html: await answer.text() };
  };
  return { ...server, page };
}
