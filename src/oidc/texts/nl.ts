import type { Texts } from './texts.ts';

export const nl: Texts = {
  lang: 'nl',
  login: {
    title: 'Inloggen',
    failedTitle: 'Niet ingelogd',
    lead: (app) => ({ before: 'om verder te gaan naar ', app, after: '' }),
    identifier: 'Gebruikersnaam of e-mailadres',
    password: 'Wachtwoord',
    showPassword: 'Wachtwoord tonen',
    capsLock: 'Caps Lock staat aan.',
    forgotPassword: 'Wachtwoord vergeten?',
    submit: 'Inloggen',
    cancel: 'Annuleren',
    rejected: 'De gebruikersnaam of het wachtwoord klopt niet. Controleer beide en probeer het opnieuw.',
    throttled: (when) => `Er is te vaak geprobeerd in te loggen. Probeer het ${when} opnieuw.`,
    disabled: 'Dit account is uitgeschakeld. Neem contact op met de beheerders van deze dienst.',
    locked:
      'Dit account is op dit moment geblokkeerd. Probeer het later opnieuw of neem contact op met de beheerders van deze dienst.',
    unavailable:
      'We kunnen uw wachtwoord op dit moment niet controleren. Er is niets mis mee; probeer het zo meteen opnieuw.',
    otherAccount: (app) =>
      `${app} verwacht hier iemand anders. Log in met het account waar om wordt gevraagd.`,
    movedHint:
      'De accounts verhuizen naar een nieuwe plek. Staat het uwe daar al, dan werkt uw oude wachtwoord hier niet meer.',
    movedLink: 'Inloggen op de nieuwe plek',
  },
  moved: {
    title: 'Uw account is verhuisd',
    sentence:
      'U logt voortaan in op de nieuwe plek, met het wachtwoord dat daar geldt. Wordt het niet geaccepteerd, dan kunt u daar een nieuw wachtwoord instellen.',
    link: 'Ga erheen',
  },
  changePassword: {
    title: 'Wijzig eerst uw wachtwoord',
    sentence: 'Uw wachtwoord klopt, maar u moet het wijzigen voordat u ermee kunt inloggen.',
    link: 'Wachtwoord wijzigen',
  },
  consent: {
    title: 'Uw gegevens delen?',
    lead: (app) => ({ before: '', app, after: ' vraagt om:' }),
    scopes: {
      openid: 'wie u bent',
      profile: 'uw naam en profiel',
      email: 'uw e-mailadres',
      phone: 'uw telefoonnummer',
      address: 'uw postadres',
      offline_access: 'toegang die doorgaat terwijl u er niet bent',
    },
    more: 'enkele gegevens uit uw profiel',
    submit: 'Doorgaan',
    cancel: 'Annuleren',
  },
  expired: {
    title: 'Deze pagina is niet meer geldig',
    sentence:
      'Het inloggen duurde te lang, was al afgerond of begon in een andere browser. Ga terug naar de app waar u vandaan kwam en begin opnieuw.',
  },
  logout: {
    title: 'Uitloggen?',
    sentence: 'U wordt hier uitgelogd. Apps kunnen u vragen opnieuw in te loggen.',
    submit: 'Uitloggen',
    stay: 'Ingelogd blijven',
    doneTitle: 'U bent uitgelogd',
    done: 'U kunt dit venster sluiten.',
  },
  error: {
    title: 'Het inloggen kan niet doorgaan',
    unknownClient: 'De app die u hierheen stuurde, is niet geregistreerd bij deze inlogdienst.',
    redirectUri:
      'De app die u hierheen stuurde, wil u terugsturen naar een adres dat niet is geregistreerd. Daarom bent u daar niet naartoe gestuurd.',
    registration:
      'De registratie van de app die u hierheen stuurde, is niet geldig. De beheerder van de app moet die corrigeren.',
    unavailable: 'Deze dienst is op dit moment niet beschikbaar. Probeer het zo meteen opnieuw.',
    fault: 'Er is iets misgegaan op deze server. Probeer het later opnieuw.',
    request: 'De app die u hierheen stuurde, vraagt iets wat deze inlogdienst niet kan.',
    forDevelopers: 'Voor de ontwikkelaars van de app',
    reference: 'Kenmerk',
  },
  refusal: {
    notUnderstood: {
      title: 'Dit verzoek is niet begrepen',
      sentence: 'Ga terug naar de app waar u vandaan kwam en begin opnieuw.',
    },
    formRefused: {
      title: 'Dit is geweigerd',
      sentence:
        'Dit formulier is niet verzonden vanaf de pagina waar het bij hoort. Ga terug naar de app waar u vandaan kwam en begin opnieuw.',
    },
    notFound: { title: 'Hier is niets', sentence: 'Op dit adres is niets te vinden.' },
    unavailable: {
      title: 'Op dit moment niet beschikbaar',
      sentence: 'Deze dienst is op dit moment niet beschikbaar. Probeer het zo meteen opnieuw.',
    },
    fault: {
      title: 'Er is iets misgegaan',
      sentence: 'Er is iets misgegaan op deze server. Probeer het later opnieuw.',
    },
  },
  links: { privacy: 'Privacy', imprint: 'Colofon', support: 'Hulp' },
};
