/** `/subscribe/confirm`: what the owner of a mail address is asked, and what came of the answer. */
import type { VNode } from 'preact';
import type { InvitationDesk } from '../api/alert-desk.ts';
import { searchAddress } from './addresses.ts';
import { STRINGS } from './strings.ts';

type Invitation = NonNullable<ReturnType<InvitationDesk['invitationOf']>>;

/** `never`: no, and no such question again. */
export type Answer = 'yes' | 'never';

export interface ConfirmPageProps {
  readonly invitation: Invitation;
  /** Left out where the owner has not answered yet. */
  readonly answer?: Answer | undefined;
}

const WORDS = STRINGS.subscribe;
const TITLES = { yes: WORDS.confirmed, never: WORDS.refused } as const;

export function ConfirmPage({ invitation, answer }: ConfirmPageProps): VNode {
  return (
    <div class="subscribe">
      <h1>{answer ? TITLES[answer] : WORDS.confirmTitle}</h1>
      {answer === 'never' ? <p>{WORDS.noMore(invitation.address)}</p> : <Followed {...invitation} />}
      {answer === 'yes' && <p class="quiet">{WORDS.toStop}</p>}
      {answer === undefined && (
        <form method="post" class="answers">
          <button type="submit" name="answer" value="yes">
            {WORDS.confirm}
          </button>
          <button type="submit" name="answer" value="never">
            {WORDS.refuse}
          </button>
        </form>
      )}
    </div>
  );
}

function Followed({ address, question, list, mode, every, filter }: Invitation): VNode {
  const narrowing = narrowingOf(filter);
  if (list) {
    return (
      <p>
        {WORDS.toAddressTrending[every](address)} {WORDS.trending}
        {Object.values(filter).length > 0 && ` ${WORDS.narrowed}`}
      </p>
    );
  }
  return (
    <p>
      {WORDS.toAddress[every](address)}{' '}
      <a href={searchAddress({ q: question, mode }, narrowing)} dir="auto">
        {question}
      </a>
    </p>
  );
}

/** The filter in the words of addresses. */
function narrowingOf({ from, to, categories, authors, venues, has, sources }: Invitation['filter']) {
  return {
    ...{ from, to },
    category: categories && [...categories],
    author: authors && [...authors],
    venue: venues && [...venues],
    has: has && [...has],
    source: sources && [...sources],
  };
}
