#!/usr/bin/env node
// The command line `relata`: plan, apply and export definitions, examine the database. Builds the sources first when they have changed.
import { buildIfChanged, installIfMissing, root } from './setup.mjs';

installIfMissing();
buildIfChanged();
process.env.RELATA_DATA_DIR ??= `${root}/data`;
await import(new URL('./dist/server/cli.js', import.meta.url));
