/** `relata plan|apply|export|doctor|backup|verify|restore|reseal`: reads the arguments, opens the workspace the server's settings name, answers the exit code. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { AppError } from '#engine/errors.ts';
import { finishRestore, type Place } from '../backup/restore-backup.ts';
import type { Config } from '../config.ts';
import { connectPostgres } from '../db/postgres.ts';
import { connectSqlite } from '../db/sqlite.ts';
import { type Finding, examine } from '../definitions/doctor.ts';
import { openWorkspace } from '../open-workspace.ts';
import { examineEncryption } from '../vault/examine-encryption.ts';
import { vaultOf } from '../vault/vault-of.ts';
import type { Workspace } from '../workspace.ts';
import { backupCommand, restoreCommand, verifyCommand } from './backup-commands.ts';
import { applyCommand, exportCommand, planCommand } from './definitions-folder.ts';
import { resealCommand } from './reseal-command.ts';
import { sayIssues, type Terminal, words } from './words.ts';

/** 0: done. 1: refused, blocked, or something is wrong. 2: not understood. */
export type ExitCode = 0 | 1 | 2;

const USAGE = words(
  `用法：
  relata plan DIR                                 文件夹中的定义与当前定义有何不同，对数据有何影响
  relata apply DIR [--yes] [--confirm a,b] [--note 说明]   使当前定义与文件夹一致
  relata export DIR [--tables a,b]                把当前定义写入文件夹
  relata doctor [--repair]                        检查数据库，可修复能重建的部分
  relata backup [DIR]                             备份数据库、定义和上传的文件，并测试恢复
  relata verify FILE                              把备份恢复到临时位置并核对
  relata restore FILE [--yes] [--without-keys]    用备份替换现有数据（旧数据保留在一旁）；先停止服务器
  relata reseal [--forget]                        用最新的密钥重新加密；--forget 不再要求已丢失的密钥；先停止服务器
设置与服务器相同：RELATA_DATA_DIR、DATABASE_URL、RELATA_BACKUP_DIR、RELATA_ENCRYPTION_KEY。`,
  `Usage:
  relata plan DIR                                 what differs between the folder and the live definitions, and what it means for the data
  relata apply DIR [--yes] [--confirm a,b] [--note TEXT]   makes the live definitions those of the folder
  relata export DIR [--tables a,b]                writes the live definitions to the folder
  relata doctor [--repair]                        examines the database, and makes anew what can be
  relata backup [DIR]                             backs up database, definitions and uploads, and proves it by a test restore
  relata verify FILE                              restores a backup to a scratch place and compares
  relata restore FILE [--yes] [--without-keys]    puts a backup in the place of what is there (which is kept aside); stop the server first
  relata reseal [--forget]                        encrypts anew with the newest key; --forget no longer asks for keys that are lost; stop the server first
Settings are those of the server: RELATA_DATA_DIR, DATABASE_URL, RELATA_BACKUP_DIR, RELATA_ENCRYPTION_KEY.`,
);

interface Arguments {
  readonly command: string;
  readonly dir: string;
  readonly yes: boolean;
  readonly repair: boolean;
  readonly withoutKeys: boolean;
  readonly forget: boolean;
  readonly confirm: readonly string[];
  readonly tables: readonly string[];
  readonly note: string | undefined;
}

const OPTIONS: Readonly<Record<string, readonly string[]>> = { plan: [], apply: ['yes', 'confirm', 'note'], export: ['tables'], doctor: ['repair'], backup: [], verify: [], restore: ['yes', 'without-keys'], reseal: ['forget'] };
/** Words a command takes after its name: at least and at most. */
const WORDS: Readonly<Record<string, readonly [number, number]>> = { doctor: [0, 0], backup: [0, 1], reseal: [0, 0] };

/** Undefined: not understood. */
function readArguments(argv: readonly string[]): Arguments | undefined {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { yes: { type: 'boolean' }, repair: { type: 'boolean' }, 'without-keys': { type: 'boolean' }, forget: { type: 'boolean' }, confirm: { type: 'string' }, tables: { type: 'string' }, note: { type: 'string' } },
    });
    const [command = '', dir = ''] = positionals;
    const known = Object.hasOwn(OPTIONS, command) ? OPTIONS[command] : undefined;
    const [least, most] = WORDS[command] ?? [1, 1];
    if (!known || positionals.length - 1 < least || positionals.length - 1 > most || Object.keys(values).some((name) => !known.includes(name))) return undefined;
    const list = (text: string | undefined): string[] => (text ?? '').split(',').map((name) => name.trim()).filter(Boolean);
    return { command, dir, yes: values.yes === true, repair: values.repair === true, withoutKeys: values['without-keys'] === true, forget: values.forget === true, confirm: list(values.confirm), tables: list(values.tables), note: values.note };
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) return undefined;
    throw error;
  }
}

export async function runCli(argv: readonly string[], config: Pick<Config, 'dataDir' | 'databaseUrl' | 'backupDir' | 'encryptionKeys'>, terminal: Terminal): Promise<ExitCode> {
  const asked = readArguments(argv);
  if (!asked) {
    terminal.say(USAGE);
    return 2;
  }
  if (asked.command === 'verify' || asked.command === 'restore') return onBackup(asked, config, terminal);
  await finishRestore(config.dataDir);
  if (config.databaseUrl === undefined && !existsSync(join(config.dataDir, 'relata.db'))) {
    terminal.say(words(`${config.dataDir} 中没有数据库；请检查 RELATA_DATA_DIR，或先启动一次服务器`, `There is no database in ${config.dataDir}; check RELATA_DATA_DIR, or start the server once`));
    return 1;
  }
  try {
    if (asked.command === 'reseal') return (await withWorkspace(config, (workspace) => resealCommand(workspace, asked.forget, terminal))) ? 0 : 1;
    if (asked.command === 'backup') return (await withWorkspace(config, (workspace) => backupCommand(workspace, asked.dir || config.backupDir, terminal))) ? 0 : 1;
    return (await (asked.command === 'doctor' ? doctor(asked.repair, config, terminal) : withWorkspace(config, (workspace) => onDefinitions(asked, workspace, terminal)))) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    terminal.say(error.detail);
    sayIssues(terminal, error.issues);
    return 1;
  }
}

async function onBackup({ command, dir: file, ...options }: Arguments, place: Place, terminal: Terminal): Promise<ExitCode> {
  try {
    return (await (command === 'verify' ? verifyCommand(file, terminal) : restoreCommand(place, file, options, terminal))) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    terminal.say(error.detail);
    return 1;
  }
}

function onDefinitions(asked: Arguments, workspace: Workspace, terminal: Terminal): Promise<boolean> {
  if (asked.command === 'plan') return planCommand(workspace, asked.dir, terminal);
  if (asked.command === 'export') return exportCommand(workspace, asked.dir, asked.tables, terminal);
  return applyCommand(workspace, asked.dir, { ...asked, note: asked.note ?? `relata apply ${asked.dir}` }, terminal);
}

async function withWorkspace<T>({ dataDir, databaseUrl, encryptionKeys }: Place, work: (workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = await openWorkspace({
    dataDir,
    databaseUrl,
    encryptionKeys,
    template: async () => {
      throw new AppError('not_found', { 'zh-CN': '数据库中没有定义；请先启动一次服务器', en: 'The database holds no definitions; start the server once' });
    },
    sampleData: false,
    log: pino({ level: 'warn' }, process.stderr),
  });
  try {
    return await work(workspace);
  } finally {
    await workspace.close();
  }
}

const MARKS: Readonly<Record<Finding['kind'], string>> = { fine: '✓', note: '·', problem: '✗', repaired: '✓' };

async function doctor(repair: boolean, place: Place, terminal: Terminal): Promise<boolean> {
  const { dataDir, databaseUrl } = place;
  const vault = vaultOf(place);
  const database = databaseUrl ? await connectPostgres(databaseUrl, { vault }) : connectSqlite(join(dataDir, 'relata.db'), { vault });
  try {
    const findings = [...(await examine(database, repair)), ...(await examineEncryption(database))];
    for (const { kind, label } of findings) terminal.say(words(`${MARKS[kind]} ${label['zh-CN']}`, `${MARKS[kind]} ${label.en}`));
    const problems = findings.filter(({ kind }) => kind === 'problem');
    if (problems.some(({ check }) => check === 'schema' || check === 'search')) terminal.say(words('表结构和全文索引可用 relata doctor --repair 修复。', 'Schema and search can be repaired: relata doctor --repair'));
    return problems.length === 0;
  } finally {
    await database.close();
  }
}
