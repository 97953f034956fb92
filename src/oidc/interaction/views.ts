import type { Texts } from '../texts/texts.ts';

/** What each view is given beside its `title`: the face that templates of an operator's own rely on. */
export interface Views {
  readonly login: {
    readonly texts: Texts['login'];
    /** What the person knows the client by. */
    readonly app: string;
    /** The forms go to `${action}/login` and `${action}/cancel`. */
    readonly action: string;
    /** Each form's hidden field `csrf`. */
    readonly token: { readonly login: string; readonly cancel: string };
    readonly error: string | undefined;
    /** Where those log in whose account has moved. */
    readonly elsewhere: string | undefined;
    readonly identifier: string;
    readonly forgotPassword: string | undefined;
  };
  readonly consent: {
    readonly texts: Texts['consent'];
    readonly app: string;
    /** The forms go to `${action}/consent` and `${action}/cancel`. */
    readonly action: string;
    readonly token: { readonly consent: string; readonly cancel: string };
    readonly items: readonly string[];
  };
  readonly logout: {
    readonly texts: Texts['logout'];
    readonly action: string;
    /** The form's hidden field `xsrf`. */
    readonly xsrf: string | undefined;
  };
  readonly message: {
    readonly sentence: string;
    readonly link?: { readonly href: string; readonly text: string } | undefined;
  };
  readonly error: {
    readonly sentence: string;
    readonly labels: { readonly forDevelopers?: string; readonly reference: string };
    /** OAuth's word for it. */
    readonly error?: string | undefined;
    /** Written by a program for a developer. */
    readonly description?: string | undefined;
    readonly requestId: string | undefined;
  };
}

/** These have forms, which our script makes more comfortable. */
export const VIEWS_WITH_FORMS: readonly (keyof Views)[] = ['login', 'consent', 'logout'];
