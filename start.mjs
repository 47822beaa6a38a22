// `npm start`: installs what is missing, builds what has changed, starts the server. Plain Node, because nothing is installed yet.
import { buildIfChanged, installIfMissing, root } from './setup.mjs';

installIfMissing();
buildIfChanged();
process.chdir(root);
await import(new URL('./dist/server/main.js', import.meta.url));
