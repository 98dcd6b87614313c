// Written by `npm run quality`; do not edit.

export const CALIBRATED_MODEL = 'all-MiniLM-L6-v2';

/** By mode and aim: constant, log2 of the rank, coverage and, but for words alone, similarity. */
export const CONFIDENCE_TABLE = {
  hybrid: { question: [-1.6036, -0.5746, 0.7316, 4.9588], related: [-5.6829, -0.2182, 3.508, 8.7229] },
  semantic: { question: [-2.3462, -0.4224, 1.9855, 4.3128], related: [-6.6489, -0.1169, 4.9461, 8.9772] },
  keyword: { question: [-0.7069, -0.4933, 2.0317], related: [-0.7483, -0.3315, 4.9482] },
} as const;
