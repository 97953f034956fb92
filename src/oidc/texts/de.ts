import type { Texts } from './texts.ts';

export const de: Texts = {
  lang: 'de',
  login: {
    title: 'Anmelden',
    failedTitle: 'Nicht angemeldet',
    lead: (app) => ({ before: 'um zu ', app, after: ' weiterzugehen' }),
    identifier: 'Benutzername oder E-Mail-Adresse',
    password: 'Passwort',
    showPassword: 'Passwort anzeigen',
    capsLock: 'Die Feststelltaste ist aktiv.',
    forgotPassword: 'Passwort vergessen?',
    submit: 'Anmelden',
    cancel: 'Abbrechen',
    rejected:
      'Benutzername oder Passwort stimmen nicht. Bitte prüfen Sie beides und versuchen Sie es erneut.',
    throttled: (when) => `Es gab zu viele Anmeldeversuche. Bitte versuchen Sie es ${when} erneut.`,
    disabled: 'Dieses Konto ist abgeschaltet. Bitte wenden Sie sich an die Betreiber dieses Dienstes.',
    locked:
      'Dieses Konto ist zurzeit gesperrt. Bitte versuchen Sie es später noch einmal oder wenden Sie sich an die Betreiber dieses Dienstes.',
    unavailable:
      'Wir können Ihr Passwort gerade nicht prüfen. Damit ist alles in Ordnung; bitte versuchen Sie es gleich noch einmal.',
    otherAccount: (app) =>
      `${app} erwartet hier jemand anderen. Bitte melden Sie sich mit dem gewünschten Konto an.`,
    movedHint: 'Die Konten ziehen um. Ist Ihres schon am neuen Ort, gilt Ihr altes Passwort hier nicht mehr.',
    movedLink: 'Am neuen Ort anmelden',
  },
  moved: {
    title: 'Ihr Konto ist umgezogen',
    sentence:
      'Sie melden sich jetzt am neuen Ort an, mit dem Passwort, das dort gilt. Wird es nicht angenommen, können Sie dort ein neues setzen.',
    link: 'Dorthin gehen',
  },
  changePassword: {
    title: 'Bitte ändern Sie zuerst Ihr Passwort',
    sentence: 'Ihr Passwort stimmt, muss aber geändert werden, bevor Sie sich damit anmelden können.',
    link: 'Passwort ändern',
  },
  consent: {
    title: 'Ihre Angaben weitergeben?',
    lead: (app) => ({ before: '', app, after: ' bittet um:' }),
    scopes: {
      openid: 'wer Sie sind',
      profile: 'Ihren Namen und Ihr Profil',
      email: 'Ihre E-Mail-Adresse',
      phone: 'Ihre Telefonnummer',
      address: 'Ihre Postanschrift',
      offline_access: 'Zugriff, auch während Sie nicht da sind',
    },
    more: 'einzelne Angaben Ihres Profils',
    submit: 'Weiter',
    cancel: 'Abbrechen',
  },
  expired: {
    title: 'Diese Seite gilt nicht mehr',
    sentence:
      'Die Anmeldung hat zu lange gedauert, war schon abgeschlossen oder begann in einem anderen Browser. Gehen Sie zurück zu der Anwendung, von der Sie kamen, und beginnen Sie neu.',
  },
  logout: {
    title: 'Abmelden?',
    sentence: 'Sie werden hier abgemeldet. Anwendungen können eine neue Anmeldung verlangen.',
    submit: 'Abmelden',
    stay: 'Angemeldet bleiben',
    doneTitle: 'Sie sind abgemeldet',
    done: 'Sie können dieses Fenster schließen.',
  },
  error: {
    title: 'Diese Anmeldung kann nicht fortgesetzt werden',
    unknownClient:
      'Die Anwendung, die Sie hierher geschickt hat, ist bei diesem Anmeldedienst nicht registriert.',
    redirectUri:
      'Die Anwendung, die Sie hierher geschickt hat, will Sie an einer Adresse zurückhaben, die sie nicht registriert hat. Darum wurden Sie nicht dorthin geschickt.',
    registration:
      'Die Registrierung der Anwendung, die Sie hierher geschickt hat, ist nicht gültig. Ihr Betreiber muss sie berichtigen.',
    unavailable: 'Dieser Dienst ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.',
    fault: 'Auf diesem Server ist etwas schiefgegangen. Bitte versuchen Sie es später noch einmal.',
    request:
      'Die Anwendung, die Sie hierher geschickt hat, verlangt etwas, das dieser Anmeldedienst nicht kann.',
    forDevelopers: 'Für die Entwickler der Anwendung',
    reference: 'Kennung',
  },
  refusal: {
    notUnderstood: {
      title: 'Diese Anfrage war nicht zu verstehen',
      sentence: 'Gehen Sie zurück zu der Anwendung, von der Sie kamen, und beginnen Sie neu.',
    },
    formRefused: {
      title: 'Das wurde abgelehnt',
      sentence:
        'Dieses Formular kam nicht von der Seite, zu der es gehört. Gehen Sie zurück zu der Anwendung, von der Sie kamen, und beginnen Sie neu.',
    },
    notFound: { title: 'Hier ist nichts', sentence: 'Unter dieser Adresse gibt es nichts.' },
    unavailable: {
      title: 'Gerade nicht erreichbar',
      sentence: 'Dieser Dienst ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.',
    },
    fault: {
      title: 'Etwas ist schiefgegangen',
      sentence: 'Auf diesem Server ist etwas schiefgegangen. Bitte versuchen Sie es später noch einmal.',
    },
  },
  links: { privacy: 'Datenschutz', imprint: 'Impressum', support: 'Hilfe' },
};
