import type { Texts } from './texts.ts';

export const pl: Texts = {
  lang: 'pl',
  login: {
    title: 'Logowanie',
    failedTitle: 'Nie udało się zalogować',
    lead: (app) => ({ before: 'aby przejść do ', app, after: '' }),
    identifier: 'Nazwa użytkownika lub adres e-mail',
    password: 'Hasło',
    showPassword: 'Pokaż hasło',
    capsLock: 'Klawisz Caps Lock jest włączony.',
    forgotPassword: 'Nie pamiętasz hasła?',
    submit: 'Zaloguj się',
    cancel: 'Anuluj',
    rejected: 'Nazwa użytkownika lub hasło jest nieprawidłowe. Sprawdź oba pola i spróbuj ponownie.',
    throttled: (when) => `Zbyt wiele prób logowania. Spróbuj ponownie ${when}.`,
    disabled: 'To konto jest wyłączone. Skontaktuj się z administratorami tej usługi.',
    locked:
      'To konto jest obecnie zablokowane. Spróbuj ponownie później lub skontaktuj się z administratorami tej usługi.',
    unavailable:
      'W tej chwili nie możemy sprawdzić Twojego hasła. Hasło jest w porządku; spróbuj ponownie za chwilę.',
    otherAccount: (app) => `${app} oczekuje tutaj innej osoby. Zaloguj się na żądane konto.`,
    movedHint:
      'Konta są przenoszone w nowe miejsce. Jeśli Twoje już tam jest, stare hasło tutaj już nie działa.',
    movedLink: 'Zaloguj się w nowym miejscu',
  },
  moved: {
    title: 'Twoje konto zostało przeniesione',
    sentence:
      'Teraz logujesz się w nowym miejscu, hasłem, które tam obowiązuje. Jeśli nie zostanie przyjęte, możesz tam ustawić nowe.',
    link: 'Przejdź tam',
  },
  changePassword: {
    title: 'Najpierw zmień hasło',
    sentence: 'Hasło jest prawidłowe, ale trzeba je zmienić, zanim będzie można się nim zalogować.',
    link: 'Zmień hasło',
  },
  consent: {
    title: 'Udostępnić Twoje dane?',
    lead: (app) => ({ before: '', app, after: ' prosi o:' }),
    scopes: {
      openid: 'Twoją tożsamość',
      profile: 'Twoje imię i nazwisko oraz profil',
      email: 'Twój adres e-mail',
      phone: 'Twój numer telefonu',
      address: 'Twój adres pocztowy',
      offline_access: 'dostęp, który trwa także pod Twoją nieobecność',
    },
    more: 'pojedyncze dane z Twojego profilu',
    submit: 'Dalej',
    cancel: 'Anuluj',
  },
  expired: {
    title: 'Ta strona straciła ważność',
    sentence:
      'Logowanie trwało zbyt długo, zostało już zakończone albo rozpoczęło się w innej przeglądarce. Wróć do aplikacji, z której przychodzisz, i zacznij od nowa.',
  },
  logout: {
    title: 'Wylogować się?',
    sentence: 'Nastąpi wylogowanie. Aplikacje mogą poprosić o ponowne zalogowanie.',
    submit: 'Wyloguj się',
    stay: 'Nie wylogowuj',
    doneTitle: 'Wylogowano',
    done: 'Możesz zamknąć to okno.',
  },
  error: {
    title: 'Nie można kontynuować logowania',
    unknownClient: 'Aplikacja, która Cię tu skierowała, nie jest zarejestrowana w tej usłudze logowania.',
    redirectUri:
      'Aplikacja, która Cię tu skierowała, wskazała adres powrotu, którego nie zarejestrowała. Dlatego nie nastąpiło przekierowanie.',
    registration:
      'Rejestracja aplikacji, która Cię tu skierowała, jest nieprawidłowa. Jej operator musi ją poprawić.',
    unavailable: 'Ta usługa jest w tej chwili niedostępna. Spróbuj ponownie za chwilę.',
    fault: 'Na tym serwerze wystąpił błąd. Spróbuj ponownie później.',
    request:
      'Aplikacja, która Cię tu skierowała, żąda czegoś, czego ta usługa logowania nie potrafi wykonać.',
    forDevelopers: 'Dla twórców aplikacji',
    reference: 'Identyfikator',
  },
  refusal: {
    notUnderstood: {
      title: 'Nie udało się zrozumieć żądania',
      sentence: 'Wróć do aplikacji, z której przychodzisz, i zacznij od nowa.',
    },
    formRefused: {
      title: 'Żądanie odrzucone',
      sentence:
        'Ten formularz nie został wysłany ze strony, do której należy. Wróć do aplikacji, z której przychodzisz, i zacznij od nowa.',
    },
    notFound: { title: 'Tu nic nie ma', sentence: 'Pod tym adresem nic nie ma.' },
    unavailable: {
      title: 'Chwilowo niedostępne',
      sentence: 'Ta usługa jest w tej chwili niedostępna. Spróbuj ponownie za chwilę.',
    },
    fault: {
      title: 'Wystąpił błąd',
      sentence: 'Na tym serwerze wystąpił błąd. Spróbuj ponownie później.',
    },
  },
  links: { privacy: 'Prywatność', imprint: 'Nota prawna', support: 'Pomoc' },
};
