/** The pages over fakes, as a browser without styles and scripts would have them. */
import { webRoutes } from '../../src/web/routes.tsx';
import { startTestServer } from '../api/test-server.ts';

export async function startPages(parts: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer({ pages: webRoutes('tests/no-such-folder'), ...parts });
  const page = async (path: string) => {
    const answer = await server.ask(path);
    return { answer, html: await answer.text() };
  };
  return { ...server, page };
}
