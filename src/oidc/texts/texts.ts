/** Everything the bridge's pages say, in one language. A new language is one file of this type and a line in `pick.ts`. */
export interface Texts {
  /** BCP 47, as pages name their language; more precise than what the language is chosen by. */
  readonly lang: string;
  readonly login: {
    title: string;
    failedTitle: string;
    lead(app: string): { before: string; app: string; after: string };
    identifier: string;
    password: string;
    showPassword: string;
    capsLock: string;
    forgotPassword: string;
    submit: string;
    cancel: string;
    rejected: string;
    /** @param when in the language itself, e.g. `in 5 minutes` */
    throttled(when: string): string;
    disabled: string;
    locked: string;
    unavailable: string;
    otherAccount(app: string): string;
    movedHint: string;
    movedLink: string;
  };
  readonly moved: { title: string; sentence: string; link: string };
  readonly changePassword: { title: string; sentence: string; link: string };
  readonly consent: {
    title: string;
    lead(app: string): { before: string; app: string; after: string };
    scopes: Record<'openid' | 'profile' | 'email' | 'phone' | 'address' | 'offline_access', string>;
    more: string;
    submit: string;
    cancel: string;
  };
  readonly expired: { title: string; sentence: string };
  readonly logout: {
    title: string;
    sentence: string;
    submit: string;
    stay: string;
    doneTitle: string;
    done: string;
  };
  readonly error: {
    title: string;
    unknownClient: string;
    redirectUri: string;
    registration: string;
    unavailable: string;
    fault: string;
    request: string;
    forDevelopers: string;
    reference: string;
  };
  /** What the porch refuses before a client is known. */
  readonly refusal: Record<RefusalText, { title: string; sentence: string }>;
  readonly links: { privacy: string; imprint: string; support: string };
}

export type RefusalText = 'notUnderstood' | 'formRefused' | 'notFound' | 'unavailable' | 'fault';
