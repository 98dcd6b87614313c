/** What went wrong, in the words of the problem that the API would give, and a way back. */
import type { VNode } from 'preact';
import type { Problem } from '../api/problem.ts';
import { STRINGS } from './strings.ts';

export function ErrorPage({ problem }: { readonly problem: Problem }): VNode {
  const { detail, remedy, status, code, requestId } = problem;
  return (
    <section class="nothing">
      <h1>{status === 404 ? STRINGS.paper.notFound : STRINGS.error.title}</h1>
      <p>{detail}</p>
      <p>{remedy}</p>
      <p class="quiet">
        <code>{code}</code> <code>{requestId}</code>
      </p>
      <p>
        <a href="/">{STRINGS.error.back}</a>
      </p>
    </section>
  );
}
