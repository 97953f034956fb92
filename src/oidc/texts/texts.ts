/** Everything the hall's pages say, in one language. A new language is one file of this type and a line in `pick.ts`. */
export interface Texts {
  /** BCP 47 */
  readonly lang: string;
  readonly login: {
    title: string;
    failedTitle: string;
    lead(app: string): { before: string; app: string; after: string };
    identifier: string;
    password: string;
    submit: string;
    cancel: string;
    rejected: string;
    throttled(minutes: number): string;
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
}
