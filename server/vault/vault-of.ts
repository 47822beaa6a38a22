/** The vault of a data directory: keys from the settings, else the file beside the database. */
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { KEY_FILE } from './key-file.ts';
import { createVault, type Vault } from './vault.ts';

export function vaultOf({ dataDir, encryptionKeys }: Pick<Config, 'dataDir' | 'encryptionKeys'>): Vault {
  return createVault({ keys: encryptionKeys, keyFile: join(dataDir, KEY_FILE) });
}
