/** The command line: settings from the environment, sentences on the terminal, the exit code of the command. */
import { readConfig } from '../config.ts';
import { runCli } from './run-cli.ts';
import { localeOfTerminal } from './words.ts';

const locale = localeOfTerminal(process.env);
const say = (text: Readonly<Record<typeof locale, string>>): void => void process.stdout.write(`${text[locale]}\n`);
const code = await runCli(process.argv.slice(2), readConfig(process.env, process.cwd()), { locale, say });
// A workspace that could not be opened may have left connections behind; what was said is written out first.
process.stdout.write('', () => process.exit(code));
