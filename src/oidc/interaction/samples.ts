import { en } from '../texts/en.ts';
import type { Views } from './views.ts';

/** What a template is tried with. */
interface Sample {
  readonly data: object;
  /** What the page must contain for its forms to work. */
  readonly needs: readonly string[];
}

/** A value as somebody would send it who hopes that it is not escaped. */
const OUTSIDE = '"><sample>';
const ERROR = 'What went wrong';
const ADDRESS = 'https://example.com/?a=1&b=2';

const login: Views['login'] = {
  texts: en.login,
  app: OUTSIDE,
  action: '/interaction/sample',
  token: { login: 'login-token', cancel: 'cancel-token' },
  error: undefined,
  elsewhere: undefined,
  identifier: '',
  forgotPassword: undefined,
};
const loginNeeds = [
  'action="/interaction/sample/login"',
  'name="csrf"',
  'value="login-token"',
  'name="identifier"',
  'name="password"',
];

const consent: Views['consent'] = {
  texts: en.consent,
  app: OUTSIDE,
  action: '/interaction/sample',
  token: { consent: 'consent-token', cancel: 'cancel-token' },
  items: ['one', OUTSIDE],
};
const consentNeeds = [
  'action="/interaction/sample/consent"',
  'name="csrf"',
  'value="consent-token"',
  'action="/interaction/sample/cancel"',
  'value="cancel-token"',
];

const logout: Views['logout'] = { texts: en.logout, action: '/logout/confirm', xsrf: 'logout-token' };
const logoutNeeds = ['action="/logout/confirm"', 'name="xsrf"', 'value="logout-token"', 'name="logout"'];

const message: Views['message'] = { sentence: OUTSIDE };
const error: Views['error'] = {
  sentence: OUTSIDE,
  labels: { reference: en.error.reference },
  requestId: undefined,
};

const layout = {
  lang: 'en',
  stylesheet: '/assets/style.css',
  script: undefined,
  name: undefined,
  logo: undefined,
  links: [],
  body: 'The page itself',
};
const layoutNeeds = ['lang="en"', 'href="/assets/style.css"', layout.body];

const sample = (data: object, needs: readonly string[] = []): Sample => ({
  data: { ...data, title: `Sample ${OUTSIDE}` },
  needs,
});

/** Each view with as little and with as much as it can be given. */
export const SAMPLES: ReadonlyMap<string, readonly Sample[]> = new Map([
  [
    'login',
    [
      sample(login, loginNeeds),
      sample({ ...login, error: ERROR, elsewhere: ADDRESS, identifier: OUTSIDE, forgotPassword: ADDRESS }, [
        ...loginNeeds,
        ERROR,
      ]),
    ],
  ],
  ['consent', [sample(consent, consentNeeds), sample({ ...consent, items: [] }, consentNeeds)]],
  ['logout', [sample(logout, logoutNeeds)]],
  ['message', [sample(message), sample({ ...message, link: { href: ADDRESS, text: OUTSIDE } })]],
  [
    'error',
    [
      sample(error),
      sample({ ...error, labels: en.error, error: OUTSIDE, description: OUTSIDE, requestId: OUTSIDE }),
    ],
  ],
  [
    'layout',
    [
      sample(layout, layoutNeeds),
      sample(
        {
          ...layout,
          script: '/assets/forms.js',
          name: OUTSIDE,
          logo: '/assets/logo.svg',
          links: [{ href: ADDRESS, text: OUTSIDE }],
        },
        [...layoutNeeds, 'src="/assets/forms.js"'],
      ),
    ],
  ],
]);
