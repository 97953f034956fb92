import type { Texts } from './texts.ts';

export const en: Texts = {
  lang: 'en',
  login: {
    title: 'Log in',
    failedTitle: 'Not logged in',
    lead: (app) => ({ before: 'to continue to ', app, after: '' }),
    identifier: 'Username or email',
    password: 'Password',
    showPassword: 'Show password',
    capsLock: 'Caps Lock is on.',
    forgotPassword: 'Forgot your password?',
    submit: 'Log in',
    cancel: 'Cancel',
    rejected: 'The username or password is not right. Please check both and try again.',
    throttled: (when) => `There were too many attempts to log in. Please try again ${when}.`,
    disabled: 'This account is switched off. Please ask the people who run this service.',
    locked:
      'This account is locked at the moment. Please try again later, or ask the people who run this service.',
    unavailable:
      'We cannot check your password right now. Nothing is wrong with it; please try again in a moment.',
    otherAccount: (app) => `${app} expects somebody else here. Please log in with the account it asks for.`,
    movedHint:
      'Accounts are moving to a new place. If yours is there already, your old password no longer works here.',
    movedLink: 'Log in at the new place',
  },
  moved: {
    title: 'Your account has moved',
    sentence:
      'You log in at the new place now, with the password that counts there. If it is not accepted, you can set a new one there.',
    link: 'Go there',
  },
  changePassword: {
    title: 'Please change your password first',
    sentence: 'Your password is right, but it has to be changed before you can log in with it.',
    link: 'Change it',
  },
  consent: {
    title: 'Share your details?',
    lead: (app) => ({ before: '', app, after: ' asks for:' }),
    scopes: {
      openid: 'who you are',
      profile: 'your name and profile',
      email: 'your email address',
      phone: 'your phone number',
      address: 'your postal address',
      offline_access: 'access that goes on while you are away',
    },
    more: 'single details of your profile',
    submit: 'Continue',
    cancel: 'Cancel',
  },
  expired: {
    title: 'This page is no longer valid',
    sentence:
      'The login took too long, was finished already, or began in another browser. Go back to the app you came from and start again.',
  },
  logout: {
    title: 'Log out?',
    sentence: 'You will be logged out here. Apps may ask you to log in again.',
    submit: 'Log out',
    stay: 'Stay logged in',
    doneTitle: 'You are logged out',
    done: 'You may close this window.',
  },
  error: {
    title: 'This login cannot go on',
    unknownClient: 'The app that sent you here is not registered with this login service.',
    redirectUri:
      'The app that sent you here wants you back at an address that it has not registered, so you were not sent there.',
    registration:
      'The registration of the app that sent you here is not valid. Its operator has to correct it.',
    unavailable: 'This service is not available right now. Please try again in a moment.',
    fault: 'Something went wrong on this server. Please try again later.',
    request: 'The app that sent you here asked for something that this login service cannot do.',
    forDevelopers: 'For the app’s developers',
    reference: 'Reference',
  },
  refusal: {
    notUnderstood: {
      title: 'That request could not be understood',
      sentence: 'Go back to the app you came from and start again.',
    },
    formRefused: {
      title: 'That was refused',
      sentence:
        'This form was not sent from the page it belongs to. Go back to the app you came from and start again.',
    },
    notFound: { title: 'There is nothing here', sentence: 'There is nothing at this address.' },
    unavailable: {
      title: 'Not available right now',
      sentence: 'This service is not available right now. Please try again in a moment.',
    },
    fault: {
      title: 'Something went wrong',
      sentence: 'Something went wrong on this server. Please try again later.',
    },
  },
  links: { privacy: 'Privacy', imprint: 'Legal notice', support: 'Help' },
};
