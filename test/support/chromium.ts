import { type Browser, chromium } from 'playwright-core';
import { findProgram, installFromDebian, mayInstall, programFromDebian } from './debian-package.ts';

/** Debian's Chromium without a window; it looks up nothing by itself. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumProgram(),
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

const SHELL = 'chromium-headless-shell';

/** The build that has no windows at all where it can be had, since it takes half the time; else the whole browser. */
function chromiumProgram(): string {
  if (findProgram(SHELL) === undefined && mayInstall()) {
    try {
      installFromDebian(SHELL, SHELL);
    } catch (error) {
      console.log(`There is no ${SHELL} here: ${error instanceof Error ? error.message : error}`);
    }
  }
  return findProgram(SHELL) ?? programFromDebian('chromium', 'chromium');
}
