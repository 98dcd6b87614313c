// Written by `npm run quality`; do not edit.

export const CALIBRATED_MODEL = 'all-MiniLM-L6-v2';

/** By mode and aim: constant, log2 of the rank, coverage and, but for words alone, similarity. */
export const CONFIDENCE_TABLE = {
  hybrid: { question: [-2.1589, -0.472, 1.0431, 4.9583], related: [-6.263, -0.1298, 4.2479, 8.7259] },
  semantic: { question: [-2.3667, -0.42, 2.0428, 4.287], related: [-6.6946, -0.1156, 4.9219, 9.0442] },
  keyword: { question: [-0.7355, -0.4911, 2.0618], related: [-0.7483, -0.3315, 4.9482] },
} as const;
