/** A list of hits as one sequence: the next page is asked for when somebody reads that far. */
import type { Narrowing } from './requests.ts';

interface Page<One> {
  readonly hits: readonly One[];
  readonly next: string | null;
}

/** Begins where `input` says, by its cursor or offset, and ends with the list. */
export async function* everyHit<Input extends Narrowing, One>(
  ask: (input: Input) => Promise<Page<One>>,
  input: Input,
): AsyncGenerator<One, void, undefined> {
  // A cursor knows where it is, so the offset holds for the first page only.
  const { offset: _, ...rest } = input;
  for (let page = await ask(input); ; page = await ask({ ...(rest as Input), cursor: page.next })) {
    yield* page.hits;
    if (page.next === null) return;
  }
}
