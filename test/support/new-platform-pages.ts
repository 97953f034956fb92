import { createServer } from 'node:http';
import { type AuthorizationRequest, type RelyingParty, relyingParty } from './relying-party.ts';

/** The new platform as a browser meets it: a relying party of the bridge, with pages of its own. */
export interface NewPlatformPages {
  readonly origin: string;
  close(): Promise<void>;
}

/** Where the bridge sends people back to. */
export const callbackOf = (origin: string) => `${origin}/callback`;

/**
 * Serves a front page with a link to log in, and greets by `sub` whoever comes back with a code that can be redeemed.
 *
 * @param origin on the loopback address, with a port that is free
 * @param issuer the bridge; it serves already
 */
export async function serveNewPlatform(origin: string, issuer: string): Promise<NewPlatformPages> {
  const party = await relyingParty({ issuer, fetch }, { callback: callbackOf(origin) });
  const requests = new Map<string, AuthorizationRequest>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const { status, headers = {}, body = '' } = await answerTo(url, party, requests);
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', ...headers }).end(body);
  });
  await new Promise<void>((listening) => server.listen(Number(new URL(origin).port), '127.0.0.1', listening));
  return {
    origin,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

async function answerTo(
  url: URL,
  party: RelyingParty,
  requests: Map<string, AuthorizationRequest>,
): Promise<Answer> {
  switch (url.pathname) {
    case '/':
      return { status: 200, body: pageOf('New platform', '<a href="/login">Log in</a>') };
    case '/login': {
      const request = await party.request();
      requests.set(request.state, request);
      return { status: 302, headers: { Location: request.url.href } };
    }
    case '/callback': {
      const request = requests.get(url.searchParams.get('state') ?? '');
      if (request === undefined) return { status: 400, body: pageOf('Nobody asked for that', '') };
      requests.delete(request.state);
      const tokens = await party.exchange({ url }, request);
      return { status: 200, body: pageOf('Welcome', `<p id="sub">${tokens.claims()?.sub ?? ''}</p>`) };
    }
    default:
      return { status: 204 };
  }
}

const pageOf = (title: string, body: string) =>
  `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${body}</html>`;
