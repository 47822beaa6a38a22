// `npm test`: types, lint, unit tests, both databases, browser journeys. Ends with one plain line of counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { buildIfChanged, installIfMissing, root } from './setup.mjs';

installIfMissing();
buildIfChanged();
const chromium = findChromium();
if (!chromium) process.stdout.write('No Chromium was found and it could not be installed: the browser journeys are skipped. Set RELATA_CHROMIUM to the path of a Chromium or Chrome to run them.\n');

const tally = { passed: 0, failed: 0, skipped: 0 };
const bin = (name) => join(root, 'node_modules', '.bin', name);
const step = (name, command, args) => {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  tally[status === 0 ? 'passed' : 'failed'] += 1;
};

step('types', bin('tsc'), ['--noEmit']);
step('lint', process.execPath, [join(root, 'lint.mjs')]);

process.stdout.write('\n== tests\n');
const dir = mkdtempSync(join(tmpdir(), 'relata-report-'));
const report = join(dir, 'report.json');
const { status } = spawnSync(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, RELATA_CHROMIUM: chromium ?? '' },
});
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, success } = JSON.parse(readFileSync(report, 'utf8'));
  tally.passed += numPassedTests;
  tally.failed += numFailedTests;
  tally.skipped += numPendingTests + numTodoTests;
  // A file that does not load has failed without a test of its own to say so.
  if (!success && numFailedTests === 0) tally.failed += Math.max(1, numFailedTestSuites);
} catch {
  tally.failed += 1;
}
if (status !== 0 && tally.failed === 0) tally.failed += 1;
rmSync(dir, { recursive: true, force: true });

process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
process.exitCode = tally.failed === 0 ? 0 : 1;
