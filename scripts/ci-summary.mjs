/** Prints the counts of a vitest JSON report as one plain line; exits with 1 if it holds no passed test. */
import { readFileSync } from 'node:fs';

const [path] = process.argv.slice(2);
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(path, 'utf8'));
const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed${skipped}\n`);
process.exitCode = numPassedTests > 0 && numFailedTests === 0 ? 0 : 1;
