/**
 * The fields of study that Semantic Scholar names, and the categories of ours that belong to each: those of arXiv,
 * and plain words where there is none. What a filter lets through and what a paper says are read from this one table.
 */
import { matchesCategory } from '../../engine/filter.ts';
import type { Paper } from '../../paper/paper.ts';

const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  'Computer Science': ['cs', 'eess.AS', 'eess.IV', 'stat.ML', 'cmp-lg'],
  Medicine: ['medicine', 'physics.med-ph', 'q-bio.TO'],
  Chemistry: ['chemistry', 'physics.chem-ph', 'chem-ph'],
  Biology: ['biology', 'q-bio', 'physics.bio-ph'],
  'Materials Science': ['cond-mat.mtrl-sci', 'mtrl-th'],
  Physics:
    'physics astro-ph cond-mat gr-qc hep-ex hep-lat hep-ph hep-th math-ph nlin nucl-ex nucl-th quant-ph supr-con'.split(
      ' ',
    ),
  Geology: ['geoscience', 'geology', 'physics.geo-ph'],
  Psychology: ['psychology'],
  Art: ['art'],
  History: ['history', 'math.HO', 'physics.hist-ph'],
  Geography: ['geography'],
  Sociology: ['sociology', 'physics.soc-ph', 'cs.SI'],
  Business: ['business', 'q-fin'],
  'Political Science': ['political science'],
  Economics: ['economics', 'econ', 'q-fin'],
  Philosophy: ['philosophy'],
  Mathematics: ['math', 'stat', 'math-ph', 'alg-geom', 'dg-ga', 'funct-an', 'q-alg'],
  Engineering: ['engineering', 'eess'],
  'Environmental Science': ['environmental science', 'physics.ao-ph', 'geoscience'],
  'Agricultural and Food Sciences': ['agriculture'],
  Education: ['education', 'physics.ed-ph'],
  Law: ['law'],
  Linguistics: ['linguistics', 'cs.CL', 'cmp-lg'],
};

export const FIELDS_OF_STUDY: readonly string[] = Object.keys(CATEGORIES);

/** Empty where the paper has no category, or none that belongs to a field. */
export function fieldsOfStudy({ categories }: Pick<Paper, 'categories'>): string[] {
  return FIELDS_OF_STUDY.filter((field) =>
    categoriesOf(field).some((wanted) => categories.some((category) => matchesCategory(category, wanted))),
  );
}

/** The categories of a field, whose name may be written in any case; empty for an unknown one. */
export function categoriesOf(field: string): readonly string[] {
  const name = FIELDS_OF_STUDY.find((known) => known.toLowerCase() === field.toLowerCase());
  return (name === undefined ? undefined : CATEGORIES[name]) ?? [];
}
