/** The types of the client say what the schemas of the server say, so that neither can change alone. */
import { describe, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { addressesBody, facetsBody, modelsBody, statusBody } from '../../src/api/answer-schemas.ts';
import type {
  calendarInput,
  dailyInput,
  recommendInput,
  trendingInput,
} from '../../src/api/discover-schemas.ts';
import type { alertInput, facetsInput, suggestInput } from '../../src/api/request-schemas.ts';
import type { entryBody, libraryBody } from '../../src/api/shelf-body.ts';
import type {
  alertBody,
  alertWithMessagesBody,
  calendarBody,
  dayListBody,
  recommendBody,
  sourcesBody,
} from '../../src/api/standing-answers.ts';
import type { addedBody, jobBody } from '../../src/api/writing-answers.ts';
import type { Added } from '../../src/client/adding.ts';
import type { Alert, AlertInput, AlertWithMessages } from '../../src/client/alerts.ts';
import type { CalendarDay, DailyInput, RecommendInput, TrendingInput } from '../../src/client/discover.ts';
import type { Job } from '../../src/client/jobs.ts';
import type { LibraryAnswer, LibraryEntry, SavedQuestion } from '../../src/client/library.ts';
import type { FacetsInput, PaperFilter, SuggestInput } from '../../src/client/requests.ts';
import type { Address, FacetsAnswer, Models, SyncSource } from '../../src/client/server-answers.ts';
import type { ServerStatus } from '../../src/client/server-status.ts';
import type { TimedList } from '../../src/discover/lists.ts';
import type { RecommendAnswer } from '../../src/discover/request.ts';
import type { savedQuestion } from '../../src/shelf/saved-question.ts';

/** Nothing is read only, all the way down: what may be changed is no matter of the wire. */
type Plain<T> = T extends object ? { -readonly [Key in keyof T]: Plain<T[Key]> } : T;
/** What is not asked of the client, which answers these lists whole and in JSON. */
type Whole<T> = Omit<T, 'fields' | 'format'>;
/** What the house knows more exactly than the wire promises. */
type Notes<T> = Omit<Plain<T>, 'notes'>;

describe('what is answered', () => {
  it('has one type in the client and on the server', () => {
    expectTypeOf<Plain<Job>>().toEqualTypeOf<z.infer<typeof jobBody>>();
    expectTypeOf<z.infer<typeof addedBody>>().toExtend<Added>();
    expectTypeOf<Plain<Added>>().toExtend<z.infer<typeof addedBody>>();
    expectTypeOf<Plain<Models>>().toEqualTypeOf<Plain<z.infer<typeof modelsBody>>>();
    expectTypeOf<Plain<ServerStatus>>().toEqualTypeOf<Plain<z.infer<typeof statusBody>>>();
    expectTypeOf<Plain<SyncSource>>().toEqualTypeOf<Plain<z.infer<typeof sourcesBody>['sources'][number]>>();
    expectTypeOf<Plain<Address>>().toEqualTypeOf<z.infer<typeof addressesBody>['addresses'][number]>();
    expectTypeOf<CalendarDay>().toEqualTypeOf<Readonly<z.infer<typeof calendarBody>['days'][number]>>();
    expectTypeOf<Omit<z.infer<typeof facetsBody>, 'notes'>>().toExtend<Omit<FacetsAnswer, 'notes'>>();
    expectTypeOf<keyof FacetsAnswer>().toEqualTypeOf<keyof z.infer<typeof facetsBody>>();
    expectTypeOf<Notes<RecommendAnswer>>().toEqualTypeOf<Notes<z.infer<typeof recommendBody>>>();
    expectTypeOf<Plain<TimedList>>().toEqualTypeOf<Plain<z.infer<typeof dayListBody>>>();
    expectTypeOf<Omit<Plain<Alert>, 'filter'>>().toEqualTypeOf<Omit<z.infer<typeof alertBody>, 'filter'>>();
    expectTypeOf<Plain<LibraryEntry>>().toEqualTypeOf<z.infer<typeof entryBody>>();
    expectTypeOf<Plain<LibraryAnswer>>().toEqualTypeOf<Plain<z.infer<typeof libraryBody>>>();
    expectTypeOf<Plain<AlertWithMessages['latest']>>().toEqualTypeOf<
      z.infer<typeof alertWithMessagesBody>['latest']
    >();
  });
});

describe('what may be asked', () => {
  it('has one type in the client and on the server', () => {
    expectTypeOf<Plain<FacetsInput>>().toEqualTypeOf<z.infer<typeof facetsInput>>();
    expectTypeOf<Plain<SavedQuestion>>().toEqualTypeOf<Plain<z.infer<typeof savedQuestion>>>();
    expectTypeOf<Plain<SuggestInput>>().toEqualTypeOf<z.infer<typeof suggestInput>>();
    expectTypeOf<Plain<RecommendInput>>().toEqualTypeOf<Whole<Plain<z.infer<typeof recommendInput>>>>();
    expectTypeOf<Plain<DailyInput>>().toEqualTypeOf<Whole<z.infer<typeof dailyInput>>>();
    expectTypeOf<Plain<TrendingInput>>().toEqualTypeOf<Whole<z.infer<typeof trendingInput>>>();
    expectTypeOf<Plain<PaperFilter>>().toEqualTypeOf<z.infer<typeof calendarInput>>();
    expectTypeOf<Plain<AlertInput>>().toEqualTypeOf<z.infer<typeof alertInput>>();
  });
});
