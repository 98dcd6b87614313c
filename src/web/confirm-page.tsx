/** `/subscribe/confirm`: what the owner of a mail address is asked, and what came of the yes. */
import type { VNode } from 'preact';
import type { InvitationDesk } from '../api/alert-desk.ts';
import { searchAddress } from './addresses.ts';
import { STRINGS } from './strings.ts';

type Invitation = NonNullable<ReturnType<InvitationDesk['invitationOf']>>;

export interface ConfirmPageProps {
  readonly invitation: Invitation;
  readonly isDone: boolean;
}

const WORDS = STRINGS.subscribe;

export function ConfirmPage({ invitation, isDone }: ConfirmPageProps): VNode {
  const { address, question, mode, every, filter } = invitation;
  return (
    <div class="subscribe">
      <h1>{isDone ? WORDS.confirmed : WORDS.confirmTitle}</h1>
      <p>
        {WORDS.toAddress[every](address)}{' '}
        <a href={searchAddress({ q: question, mode }, narrowingOf(filter))} dir="auto">
          {question}
        </a>
      </p>
      {isDone ? (
        <p class="quiet">{WORDS.toStop}</p>
      ) : (
        <form method="post">
          <button type="submit">{WORDS.confirm}</button>
        </form>
      )}
    </div>
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
