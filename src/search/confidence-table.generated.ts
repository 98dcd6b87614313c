// Written by `npm run quality`; do not edit.

export const CALIBRATED_MODEL = 'all-MiniLM-L6-v2';

/** By mode and aim: constant, log2 of the rank, coverage and, but for words alone, similarity. */
export const CONFIDENCE_TABLE = {
  hybrid: { question: [-1.6494, -0.5704, 0.7959, 4.9509], related: [-5.6829, -0.2182, 3.508, 8.7229] },
  semantic: { question: [-2.3671, -0.4216, 2.0297, 4.3043], related: [-6.6489, -0.1169, 4.9461, 8.9772] },
  keyword: { question: [-0.7287, -0.4924, 2.0654], related: [-0.7483, -0.3315, 4.9482] },
} as const;
