/** `pharos add`: papers into the index. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { AppError } from '../../fault/app-error.ts';
import type { Format } from '../../ingest/detect-format.ts';
import { parseSourceSpec } from '../../sources/registry.ts';
import { addFiles } from '../add-files.ts';
import { renderReport } from '../add-output.ts';
import { addThroughServer } from '../add-through-server.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { collect, date } from '../narrowing-options.ts';
import { addSettingOptions, MODEL_SETTINGS, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Sources: arxiv:, arxiv-oai:, hf-daily:, pubmed: and others ask services for
papers; each goes on from where it was the last time.

Formats, plain or gzip: JSON Lines, the arXiv snapshot that Kaggle publishes,
CSV with a header; BibTeX, RIS (EndNote, Web of Science, PubMed), CSL-JSON,
Zotero's JSON and RDF exports; XML of PubMed and the ACL Anthology; a list of
ids, whose papers are fetched where they are not there: arXiv ids from arXiv,
DOIs from Crossref, pmid: numbers from PubMed.
Adding again changes nothing. To go on after an interruption, run the same
command again.

Examples:
  $ pharos add papers.jsonl.gz
  $ pharos add my-library.bib refs.ris zotero.rdf
  $ pharos add 2023.csv 2024.csv --strict
  $ pharos add papers.jsonl --index bge --model bge-small-en-v1.5
  $ pharos add arxiv:2307.09288 arxiv:cs.CL
  $ pharos add 'arxiv-oai:cs?from=2026-11-01' hf-daily:latest
  $ curl -s https://example.org/papers.jsonl | pharos add -
  $ pharos add papers.jsonl --vectors papers.f16
  $ pharos add papers.bib --server http://127.0.0.1:7433`;

// Written out because the reader that exports them would have to be loaded for `--help`.
const FORMATS = [
  'jsonl',
  'arxiv',
  'csv',
  'bibtex',
  'ris',
  'csl',
  'zotero',
  'zotero-rdf',
  'pubmed',
  'acl',
  'ids',
] as const satisfies readonly Format[];

export interface AddFlags {
  readonly format?: Format;
  readonly strict?: true;
  readonly vectors?: string;
  readonly from?: string;
  readonly category?: readonly string[];
  readonly anew?: true;
  readonly fetch?: boolean;
  readonly wait?: true;
  readonly json?: true;
}

function formatNamed(name: string): Format {
  const format = FORMATS.find((known) => known === name);
  if (format === undefined) throw new InvalidArgumentError(`Allowed choices are ${FORMATS.join(', ')}.`);
  return format;
}

export function addCommand({ io, finish }: CommandContext): Command {
  const command = new Command('add')
    .description('Puts papers into the index, and makes the index when there is none.')
    .argument('<input...>', 'files of papers, - for standard input, or sources such as arxiv:cs.CL')
    .addOption(
      new Option(
        '--format <name>',
        `format of the files, instead of recognising it: ${FORMATS.join(', ')}`,
      ).argParser(formatNamed),
    )
    .option('--strict', 'stop at the first row that is not a paper')
    .option(
      '--vectors <file>',
      'vectors of the papers, made elsewhere by the same model, in the order of the file',
    )
    .option('--from <date>', 'only papers published then or later: YYYY, YYYY-MM or YYYY-MM-DD', date)
    .option(
      '-c, --category <name>',
      'only papers in this category; cs stands for all of cs.* (repeatable)',
      collect,
    )
    .option('--anew', 'harvest sources from their beginning, whatever was harvested before')
    .option('--no-fetch', 'look up the papers of a list of ids in the index only')
    .option('--wait', 'wait while another process writes to the index')
    .option('--json', 'print JSON: what was read, added, updated, passed over and embedded')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index', 'server', ...MODEL_SETTINGS, 'threads']);
  addSettingOptions(command, ['contact', 'sourceUrls', 'sourceKeys']);
  return command.action((files: string[], flags: AddFlags) =>
    finish(async () => {
      requireOneFileForVectors(files, flags);
      const settings = await loadSettings(io, settingFlags(command));
      const { server } = settings;
      const report =
        server === undefined
          ? await addFiles(files, { io, settings, ...flags })
          : await addThroughServer(server, files, { io, settings, ...flags });
      const text = flags.json ? JSON.stringify(report, null, 2) : renderReport(report);
      await writeTo(io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}

function requireOneFileForVectors(files: readonly string[], { vectors, from, category }: AddFlags): void {
  const isNarrowed = from !== undefined || category !== undefined;
  const [file = ''] = files;
  const isOneFile = files.length === 1 && file !== '-' && parseSourceSpec(file) === undefined;
  if (vectors === undefined || (isOneFile && !isNarrowed)) return;
  throw new AppError('INPUT_INVALID', {
    message: '--vectors goes with exactly one file, which is not standard input, and with all of its papers',
    remedy: 'Add the files one by one, each with its vectors.',
  });
}
