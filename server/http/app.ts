/** The HTTP face: endpoints of `routes.ts`, the built runtime, headers, errors. Listens nowhere; `main.ts` does. */
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import compression from 'compression';
import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { shapeIssues } from '#engine/model/check-shape.ts';
import { isOutdatedPlan, isStaleModel } from '../definitions/stale-model.ts';
import { storable } from '../records/storable.ts';
import { authenticate, checkSameOrigin, notSignedIn, refuseWhileViewing, requireSecondFactor } from './authenticate.ts';
import type { Answer, Call, Endpoint, HttpContext } from './endpoint.ts';
import { problemHandler } from './problem.ts';
import { ROUTES } from './routes.ts';

const BODY_LIMIT = '1mb';
const LARGE_BODY_LIMIT = '16mb';

export function createApp(context: HttpContext): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', context.config.trustedProxies);
  const api = express.Router();
  api.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  });
  const json = express.json({ limit: BODY_LIMIT, strict: false });
  const largeJson = express.json({ limit: LARGE_BODY_LIMIT, strict: false });
  for (const endpoint of ROUTES) {
    const handlers = endpoint.upload || endpoint.method === 'get' ? [] : [endpoint.largeBody ? largeJson : json];
    api[endpoint.method](endpoint.path, ...handlers, (request, response) => serve(context, endpoint, request, response));
  }
  api.use((request) => {
    throw new AppError('not_found', { 'zh-CN': `没有接口 ${request.method} ${request.path}`, en: `There is no endpoint ${request.method} ${request.path}` });
  });
  // The model and the pages are large and the same for long; records are small and many.
  app.use('/api/app', compression());
  app.use('/api', api);
  app.use(helmet(pageHeaders(context.config.secureCookies)));
  servePages(app, context.config.publicDir);
  app.use(problemHandler(context.workspace.log));
  return app;
}

async function serve(context: HttpContext, endpoint: Endpoint, request: Request, response: Response): Promise<void> {
  if (endpoint.method !== 'get') checkSameOrigin(request);
  const actor = endpoint.public ? undefined : await authenticate(context.workspace, request);
  if (actor) await requireSecondFactor(context.workspace, actor, endpoint.path);
  if (actor) refuseWhileViewing(endpoint, actor);
  refuseNul(request);
  const body: unknown = request.body === undefined ? undefined : storable(request.body as Json);
  if (endpoint.body) {
    const issues = shapeIssues(endpoint.body, body ?? null, '');
    if (issues.length > 0) throw new AppError('validation_failed', { 'zh-CN': '请求有误', en: 'The request has problems' }, issues);
  }
  const call: Call = {
    ...context,
    request,
    response,
    params: request.params as Record<string, string>,
    body,
    get actor() {
      if (!actor) throw notSignedIn();
      return actor;
    },
  };
  const answer = await withLiveModel(call, endpoint);
  if (answer) send(response, endpoint, answer);
}

/**
 * A request that began before another process published meets columns that are no longer there. One that only reads is run
 * once more with the definitions that are live now; writes look for themselves (`writeSession`), before they begin.
 */
async function withLiveModel(call: Call, endpoint: Endpoint): Promise<Answer | undefined> {
  const { workspace } = call;
  const version = workspace.definitionsVersion;
  try {
    return await endpoint.handler(call);
  } catch (error) {
    if (!isStaleModel(error)) throw error;
    // Another process may also have removed old columns, which is no new version.
    workspace.database.forgetPlans();
    const isNew = (await workspace.follow()) || workspace.definitionsVersion !== version || isOutdatedPlan(error);
    if (!isNew || !(endpoint.method === 'get' || endpoint.reads) || call.response.headersSent) throw error;
    return endpoint.handler(call);
  }
}

/** PostgreSQL takes no NUL, and no name, id or filter of ours holds one. */
function refuseNul(request: Request): void {
  if (/%00/.test(request.originalUrl)) throw new AppError('invalid_request', { 'zh-CN': '地址中含有无效字符', en: 'The address holds an invalid character' });
}

function send(response: Response, endpoint: Endpoint, answer: Answer): void {
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  const status = answer.status ?? endpoint.status ?? (answer.body === undefined ? 204 : 200);
  response.statusCode = status;
  if (answer.body === undefined) {
    response.end();
    return;
  }
  // Not `response.json`: it looks up settings and computes an ETag for every answer.
  const text = JSON.stringify(answer.body);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

function pageHeaders(secure: boolean): Parameters<typeof helmet>[0] {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // antd writes its styles at run time; styles run nothing.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
  };
}

/** The single page answers every path that is no file and no API; hashed assets may be kept for a year. */
function servePages(app: Express, dir: string | undefined): void {
  if (dir === undefined || !existsSync(join(dir, 'index.html'))) return;
  app.use(compression());
  app.use('/assets', express.static(join(dir, 'assets'), { immutable: true, maxAge: '365d', fallthrough: false }));
  app.use(express.static(dir, { index: false, maxAge: 0 }));
  app.get('/{*path}', (_request, response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(join(dir, 'index.html'));
  });
}
