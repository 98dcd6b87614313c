/**
 * Shows how far a long command has come: a bar on a terminal, a plain line every few seconds elsewhere, both on
 * stderr. Says nothing of results; those are the command's.
 */
import cliProgress, { type SingleBar } from 'cli-progress';
import type { IndexProgress, OnProgress } from '../indexer/index-progress.ts';
import type { OutputStream } from './io.ts';
import { count, duration, size } from './layout.ts';
import { stageName } from './stage-name.ts';

export interface Progress {
  readonly onProgress: OnProgress;
  /** Removes the bar. Safe to call twice; a later `onProgress` draws it again. */
  readonly stop: () => void;
}

export interface ProgressOptions {
  readonly lineEveryMs?: number;
  readonly nowMs?: () => number;
}

interface Stage {
  readonly name: string;
  readonly startedMs: number;
  latest: IndexProgress;
}

interface Painter {
  readonly paint: (text: string, progress: IndexProgress) => void;
  readonly clear: () => void;
}

const LINE_EVERY_MS = 5_000;
const FRAMES_PER_SECOND = 5;
const BAR_COLUMNS = 24;
/** A rate over less time than this is noise. */
const RATE_AFTER_MS = 1_000;

export function createProgress(
  stream: OutputStream,
  { lineEveryMs = LINE_EVERY_MS, nowMs = () => performance.now() }: ProgressOptions = {},
): Progress {
  const painter = stream.isTTY ? barPainter(stream) : linePainter(stream, { lineEveryMs, nowMs });
  let stage: Stage | undefined;
  return {
    onProgress(progress) {
      if (stage?.name !== progress.stage) {
        painter.clear();
        stage = { name: progress.stage, startedMs: nowMs(), latest: progress };
      }
      stage.latest = progress;
      painter.paint(describe(stage, nowMs()), progress);
    },
    stop: () => painter.clear(),
  };
}

/** `Embedding papers  320 of 1,000 · 31/s · 22 s left`, `Fetching  12.3 MB of 34.7 MB · 4.1 MB/s · 6 s left`. */
function describe({ name, startedMs, latest }: Stage, nowMs: number): string {
  const { done, total, unit, initial = 0 } = latest;
  const amount = unit === 'bytes' ? size : count;
  const elapsedMs = nowMs - startedMs;
  const parts = [total === undefined ? amount(done) : `${amount(done)} of ${amount(total)}`];
  if (elapsedMs >= RATE_AFTER_MS && done > initial) {
    const rate = ((done - initial) * 1000) / elapsedMs;
    parts.push(`${rate < 10 && unit === undefined ? rate.toFixed(1) : amount(Math.round(rate))}/s`);
    const leftMs = total === undefined ? 0 : ((total - done) * 1000) / rate;
    if (leftMs >= 1000) parts.push(`${duration(Math.ceil(leftMs / 1000) * 1000)} left`);
  }
  return `${stageName(name)}  ${parts.join(' · ')}`;
}

function barPainter(stream: OutputStream): Painter {
  let bar: SingleBar | undefined;
  const open = () => {
    const opened = new cliProgress.SingleBar({
      stream,
      fps: FRAMES_PER_SECOND,
      clearOnComplete: true,
      barsize: BAR_COLUMNS,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      format: (options, params, { text = '', bounded = false }) => {
        const drawn = bounded ? `${cliProgress.Format.BarFormat(params.progress, options)} ` : '';
        return drawn + text;
      },
    });
    opened.start(1, 0, {});
    return opened;
  };
  return {
    paint(text, { done, total }) {
      bar ??= open();
      bar.setTotal(Math.max(1, total ?? 1));
      bar.update(Math.min(done, total ?? 0), { text, bounded: total !== undefined });
    },
    clear() {
      bar?.stop();
      bar = undefined;
    },
  };
}

function linePainter(
  stream: OutputStream,
  { lineEveryMs, nowMs }: { readonly lineEveryMs: number; readonly nowMs: () => number },
): Painter {
  // The first line of a stage waits as well: what is done within moments needs no progress.
  let lastMs = nowMs();
  return {
    paint(text) {
      if (nowMs() - lastMs < lineEveryMs) return;
      lastMs = nowMs();
      stream.write(`${text}\n`);
    },
    clear() {
      lastMs = nowMs();
    },
  };
}
