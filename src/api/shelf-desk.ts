/** What the routes need of the readers' libraries. Made by the composition root, which knows where they lie. */
import type { Shelves } from '../shelf/shelves.ts';

export type ShelfDesk = Pick<
  Shelves,
  | 'read'
  | 'entries'
  | 'saved'
  | 'put'
  | 'remove'
  | 'searches'
  | 'putSearch'
  | 'renameSearch'
  | 'removeSearch'
  | 'look'
  | 'lastSeen'
  | 'merge'
>;
