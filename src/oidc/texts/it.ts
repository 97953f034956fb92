import type { Texts } from './texts.ts';

export const it: Texts = {
  lang: 'it',
  login: {
    title: 'Accedi',
    failedTitle: 'Accesso non riuscito',
    lead: (app) => ({ before: 'per continuare su ', app, after: '' }),
    identifier: 'Nome utente o indirizzo e-mail',
    password: 'Password',
    showPassword: 'Mostra password',
    capsLock: 'Il blocco maiuscole è attivo.',
    forgotPassword: 'Password dimenticata?',
    submit: 'Accedi',
    cancel: 'Annulla',
    rejected: 'Il nome utente o la password non sono corretti. Controlli entrambi e riprovi.',
    throttled: (when) => `Ci sono stati troppi tentativi di accesso. Riprovi ${when}.`,
    disabled: 'Questo account è disattivato. Si rivolga a chi gestisce questo servizio.',
    locked:
      'Questo account è al momento bloccato. Riprovi più tardi o si rivolga a chi gestisce questo servizio.',
    unavailable:
      'Al momento non possiamo verificare la sua password. La password non c’entra; riprovi tra un istante.',
    otherAccount: (app) => `${app} aspetta qui un’altra persona. Acceda con l’account richiesto.`,
    movedHint:
      'Gli account si stanno trasferendo. Se il suo è già stato trasferito, la vecchia password qui non vale più.',
    movedLink: 'Accedi al nuovo sito',
  },
  moved: {
    title: 'Il suo account è stato trasferito',
    sentence:
      'Ora si accede dal nuovo sito, con la password valida lì. Se non viene accettata, potrà impostarne una nuova direttamente lì.',
    link: 'Vai al nuovo sito',
  },
  changePassword: {
    title: 'Prima deve cambiare la password',
    sentence: 'La password è corretta, ma deve essere cambiata prima di poterla usare per accedere.',
    link: 'Cambia password',
  },
  consent: {
    title: 'Condividere i suoi dati?',
    lead: (app) => ({ before: '', app, after: ' chiede:' }),
    scopes: {
      openid: 'la sua identità',
      profile: 'il suo nome e il suo profilo',
      email: 'il suo indirizzo e-mail',
      phone: 'il suo numero di telefono',
      address: 'il suo indirizzo postale',
      offline_access: 'un accesso che continua anche in sua assenza',
    },
    more: 'singoli dati del suo profilo',
    submit: 'Continua',
    cancel: 'Annulla',
  },
  expired: {
    title: 'Questa pagina non è più valida',
    sentence:
      'L’accesso ha richiesto troppo tempo, era già concluso o è iniziato in un altro browser. Torni all’applicazione da cui proviene e ricominci.',
  },
  logout: {
    title: 'Uscire?',
    sentence: 'La sua sessione qui verrà chiusa. Le applicazioni potrebbero chiederle di accedere di nuovo.',
    submit: 'Esci',
    stay: 'Resta connesso',
    doneTitle: 'La sessione è stata chiusa',
    done: 'Può chiudere questa finestra.',
  },
  error: {
    title: 'L’accesso non può continuare',
    unknownClient: 'L’applicazione che l’ha inviata qui non è registrata presso questo servizio di accesso.',
    redirectUri:
      'L’applicazione che l’ha inviata qui vuole farla tornare a un indirizzo che non ha registrato. Per questo non è stata reindirizzata.',
    registration:
      'La registrazione dell’applicazione che l’ha inviata qui non è valida. Il suo gestore deve correggerla.',
    unavailable: 'Questo servizio non è al momento disponibile. Riprovi tra un istante.',
    fault: 'Si è verificato un errore su questo server. Riprovi più tardi.',
    request:
      'L’applicazione che l’ha inviata qui chiede qualcosa che questo servizio di accesso non può fare.',
    forDevelopers: 'Per gli sviluppatori dell’applicazione',
    reference: 'Riferimento',
  },
  refusal: {
    notUnderstood: {
      title: 'La richiesta non è stata compresa',
      sentence: 'Torni all’applicazione da cui proviene e ricominci.',
    },
    formRefused: {
      title: 'Richiesta rifiutata',
      sentence:
        'Questo modulo non è stato inviato dalla pagina a cui appartiene. Torni all’applicazione da cui proviene e ricominci.',
    },
    notFound: { title: 'Qui non c’è nulla', sentence: 'A questo indirizzo non c’è nulla.' },
    unavailable: {
      title: 'Al momento non disponibile',
      sentence: 'Questo servizio non è al momento disponibile. Riprovi tra un istante.',
    },
    fault: {
      title: 'Si è verificato un errore',
      sentence: 'Si è verificato un errore su questo server. Riprovi più tardi.',
    },
  },
  links: { privacy: 'Privacy', imprint: 'Note legali', support: 'Assistenza' },
};
