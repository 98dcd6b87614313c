/** What went wrong, in the words of the problem that the API would give, and a way back. */
import type { VNode } from 'preact';
import type { Problem } from '../api/problem.ts';
import { Commands } from './commands.tsx';
import { STRINGS } from './strings.ts';

const TITLES: Readonly<Partial<Record<Problem['code'], string>>> = STRINGS.error.titles;

export function ErrorPage({ problem }: { readonly problem: Problem }): VNode {
  const { detail, remedy, code, requestId } = problem;
  return (
    <section class="nothing">
      <h1>{TITLES[code] ?? STRINGS.error.title}</h1>
      <p dir="auto">{detail}</p>
      <p>
        <Commands text={remedy} />
      </p>
      <p class="quiet">
        <code>{code}</code> <code>{requestId}</code>
      </p>
      <p>
        <a href="/">{STRINGS.error.back}</a>
      </p>
    </section>
  );
}
