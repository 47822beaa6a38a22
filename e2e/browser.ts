/** Chromium for browser journeys: Debian's, headless, without the background traffic that a closed network refuses. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

export const CHROMIUM = process.env.RELATA_CHROMIUM ?? '/usr/bin/chromium';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export interface BrowserOptions {
  readonly width?: number;
  readonly height?: number;
  readonly locale?: 'zh-CN' | 'en';
  readonly dark?: boolean;
}

export interface OpenBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained about: uncaught errors and refusals of the content policy. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

/** A browser with an empty profile; below 768 px it is a phone with touch. */
export async function openBrowser({ width = 1440, height = 900, locale = 'zh-CN', dark = false }: BrowserOptions = {}): Promise<OpenBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'relata-browser-'));
  const phone = width < 768;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: FLAGS,
    viewport: { width, height },
    locale: locale === 'en' ? 'en-US' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    hasTouch: phone,
    isMobile: phone,
    acceptDownloads: true,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  return {
    context,
    page,
    complaints,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** A screenshot in the folder of `RELATA_SHOTS`; none where that is not set. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.RELATA_SHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** A list of choices has unfolded: before that, a robot is quicker than a hand, and its click is taken for part of the opening. */
export async function listUnfolded(page: Page): Promise<void> {
  await page.locator('.ant-select-dropdown:visible:not([class*="ant-slide-"])').first().waitFor();
}
