/**
 * How the code hangs together, read from its import lines: which layer may use which, that registries decide on types,
 * and that files stay small enough for one head. Each failure says the rule and the way out.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LAYERS = ['engine', 'runtime', 'designer', 'server'] as const;
type Layer = (typeof LAYERS)[number];

/** A layer uses itself and these. */
const MAY_USE: Readonly<Record<Layer, readonly Layer[]>> = {
  engine: [],
  runtime: ['engine'],
  designer: ['engine', 'runtime'],
  server: ['engine'],
};

interface Import {
  readonly file: string;
  readonly layer: Layer;
  readonly from: string;
  readonly isTypeOnly: boolean;
}

function filesIn(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? filesIn(path) : /\.tsx?$/.test(name) ? [path] : [];
  });
}

const sources = LAYERS.flatMap((layer) => {
  const dir = join(ROOT, layer);
  return (statSync(dir, { throwIfNoEntry: false })?.isDirectory() ? filesIn(dir) : []).map((path) => ({ layer, file: relative(ROOT, path), text: readFileSync(path, 'utf8') }));
});
const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || file.startsWith('server/testing/') || /\/test-[a-z-]+\.tsx?$/.test(file);
const code = sources.filter(({ file }) => !isTest(file));

const IMPORT = /^\s*(?:import|export)\s+(type\s)?[^'";]*?from\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\('([^']+)'\)/gm;
const imports: Import[] = sources.flatMap(({ layer, file, text }) =>
  [...text.matchAll(IMPORT)].map((match) => ({ file, layer, from: match[2] ?? match[3] ?? match[4] ?? '', isTypeOnly: match[1] !== undefined })),
);

/** The file inside the repository that an import names; undefined for a package. */
function target({ file, from }: Import): string | undefined {
  if (from.startsWith('.')) return relative(ROOT, resolve(ROOT, dirname(file), from));
  return from.startsWith('#') && from !== '#pinyin' ? from.slice(1) : undefined;
}
const layerOf = (path: string): Layer | undefined => LAYERS.find((layer) => path.startsWith(`${layer}/`));

describe('the layers', () => {
  it('are used only downwards: engine by all, runtime by designer, server by nobody', () => {
    const broken = imports.flatMap((line) => {
      const used = layerOf(target(line) ?? '');
      return used && used !== line.layer && !MAY_USE[line.layer].includes(used) ? [`${line.file} imports ${line.from}`] : [];
    });
    expect(broken, 'A layer may use only those below it (design.md, section 2). Move what both need into engine/, or hand it over as an argument.').toEqual([]);
  });

  it('are crossed only through the imports map, so that a crossing is seen at a glance', () => {
    const broken = imports.flatMap((line) => {
      const path = target(line);
      const crosses = path !== undefined && layerOf(path) !== line.layer;
      return (crosses && line.from.startsWith('.')) || (!crosses && path !== undefined && line.from.startsWith('#')) ? [`${line.file} imports ${line.from}`] : [];
    });
    expect(broken, 'Across layers write #engine/… or #runtime/…; inside a layer a relative path.').toEqual([]);
  });

  it('keep the engine free of disk, network, database, screen and clock libraries', () => {
    const ALLOWED = new Set(['typebox', 'json-logic-js', 'decimal.js', 'libphonenumber-js', '@vant/area-data', 'opencc-js', 'pinyin-pro', 'ajv', 'ajv-formats', '@cfworker/json-schema', 'dayjs', 'iconv-lite', 'croner', '#pinyin']);
    const broken = imports.flatMap((line) => {
      if (line.layer !== 'engine' || isTest(line.file) || target(line) !== undefined) return [];
      const name = line.from.split('/').slice(0, line.from.startsWith('@') ? 2 : 1).join('/');
      return ALLOWED.has(name) ? [] : [`${line.file} imports ${line.from}`];
    });
    expect(broken, 'The engine is pure: what does IO belongs to server/ and comes in as an argument. A pure library may be added to the list in this test.').toEqual([]);
  });

  it('leave the driver to server/db', () => {
    const broken = imports.filter(({ file, from }) => ['better-sqlite3', 'pg', 'knex'].includes(from) && !file.startsWith('server/db/') && !isTest(file) && !file.startsWith('bench/'));
    expect(broken, 'Only server/db knows a database driver; use Database and Transaction of server/db/database.ts.').toEqual([]);
  });
});

describe('the folders of the engine', () => {
  /** Lower numbers are used by higher ones, never the other way round. */
  const ORDER: Readonly<Record<string, number>> = { 'errors.ts': 0, rules: 1, fields: 2, permissions: 3, charts: 4, views: 4, panels: 4, workflows: 4, dashboards: 4, forms: 4, records: 4, schema: 4, search: 4, model: 5, changes: 6, import: 6 };
  /** Types cross freely; these values do too, each with its reason. */
  const EXCEPTIONS: Readonly<Record<string, string>> = {
    'engine/rules/paths.ts -> engine/fields/index.ts': 'a path is resolved by what the field types say of their columns',
    'engine/fields/select.ts -> engine/model/app-model.ts': 'optionsOf: the one way to read the options of a field',
    'engine/fields/multi-select.ts -> engine/model/app-model.ts': 'optionsOf, as above',
    'engine/workflows/words.ts -> engine/model/app-model.ts': 'optionsOf, as above',
  };

  it('use one another only downwards', () => {
    const folder = (path: string): string => path.split('/')[1] ?? '';
    const broken = imports.flatMap((line) => {
      const path = target(line);
      if (line.layer !== 'engine' || isTest(line.file) || line.isTypeOnly || !path?.startsWith('engine/')) return [];
      const [here, there] = [folder(line.file), folder(path)];
      const known = Object.hasOwn(ORDER, here) && Object.hasOwn(ORDER, there);
      if (here === there || (known && (ORDER[there] as number) <= (ORDER[here] as number))) return [];
      const key = `${line.file} -> ${path}`;
      return Object.hasOwn(EXCEPTIONS, key) || TYPES_ONLY.test(sourceLine(line)) ? [] : [key];
    });
    expect(broken, 'Inside the engine: errors < rules < fields < permissions < views, forms, records, schema, search < model < changes, import (conventions.md). Import types with `import type`, or move the value down.').toEqual([]);
  });

  const TYPES_ONLY = /^import\s+\{\s*(?:type\s+\w+(?:\s+as\s+\w+)?,?\s*)+\}/;
  function sourceLine(line: Import): string {
    return sources.find(({ file }) => file === line.file)?.text.split('\n').find((text) => text.includes(`'${line.from}'`)) ?? '';
  }
});

describe('the code', () => {
  it('decides on a type only in its registry', () => {
    /** Where a comparison with a type's name is the registry itself or has nothing to do with fields, views or nodes. */
    const EXCEPTIONS: Readonly<Record<string, string>> = {
      'engine/model/computed.ts': 'the compilers of formula, roll-up and lookup are a registry of their own there',
    };
    const FIELDISH = /(?:[fF]ield|[vV]iew|[cC]olumn|[nN]ode|[tT]rigger|[cC]hart|[dD]efinition|[mM]odel)\w*\.type\s*(?:===|!==)\s*(?:['"]|[A-Z][A-Z_]+\b)|switch\s*\(\s*\w*(?:[fF]ield|[vV]iew|[nN]ode|[tT]rigger|[cC]hart)\w*\.type\s*\)/;
    const broken = code.flatMap(({ file, text }) =>
      Object.hasOwn(EXCEPTIONS, file) ? [] : text.split('\n').flatMap((line, i) => (FIELDISH.test(line) && !/^\s*(?:\/\/|\*)/.test(line) ? [`${file}:${i + 1} ${line.trim()}`] : [])),
    );
    expect(broken, 'Ask the registry (FIELD_TYPES, VIEW_TYPES, …) instead of comparing a type’s name: a new type would not be known here. Add a member to the type’s contract if it lacks the answer.').toEqual([]);
  });

  it('stays in files that one head holds', () => {
    const MOST_LINES = 400;
    const long = sources.filter(({ text }) => text.split('\n').length > MOST_LINES).map(({ file, text }) => `${file}: ${text.split('\n').length} lines`);
    expect(long, `At most ${MOST_LINES} lines a file: take out what has a name of its own (an operation, a component, a group of tests) into a file beside it.`).toEqual([]);
  });

  it('names no actor that may do everything but the product’s own', () => {
    const broken = code.flatMap(({ file, text }) =>
      text.split('\n').flatMap((line, i) => (/unrestricted:\s*true/.test(line) && file !== 'engine/permissions/actor.ts' ? [`${file}:${i + 1}`] : [])),
    );
    expect(broken, 'There is no "nobody, so everything is allowed": use systemActor, or elevated(actor), both of which can be searched for.').toEqual([]);
  });
});
