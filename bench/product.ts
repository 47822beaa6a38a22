/** The product itself on a prepared data folder: the ordinary app, listening on a given port. */
import { pino } from 'pino';
import { readConfig } from '#server/config.ts';
import { createApp } from '#server/http/app.ts';
import { openWorkspace } from '#server/open-workspace.ts';
import { createFormLimit } from '#server/public-forms/form-limit.ts';
import { createSignInLimit } from '#server/session/sign-in-limit.ts';
import { benchApp } from './bench-app.ts';

const [dataDir = '', port = '0'] = process.argv.slice(2);
const workspace = await openWorkspace({ dataDir, template: async () => ({ definitions: benchApp, samples: {} }), sampleData: false, log: pino({ level: 'error' }) });
const config = { ...readConfig(process.env, process.cwd()), publicDir: undefined };
createApp({ workspace, config, signInLimit: createSignInLimit(), formLimit: createFormLimit() }).listen(Number(port), '127.0.0.1', () => process.send?.('ready'));
// Nobody is left to measure when the benchmark has ended.
process.on('disconnect', () => process.exit());
