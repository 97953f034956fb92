import { type Browser, chromium } from 'playwright-core';
import { programFromDebian } from './debian-package.ts';

/** Debian's Chromium without a window; it looks up nothing by itself. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: programFromDebian('chromium', 'chromium'),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
