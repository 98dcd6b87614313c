/** What requests are counted against: apart, because a search costs a hundred times what reading a paper does. */
export const BUDGETS = ['search', 'read', 'write'] as const;
export type Budget = (typeof BUDGETS)[number];
