import type { Texts } from './texts.ts';

export const fr: Texts = {
  lang: 'fr',
  login: {
    title: 'Connexion',
    failedTitle: 'Connexion impossible',
    lead: (app) => ({ before: 'pour continuer vers ', app, after: '' }),
    identifier: 'Nom d’utilisateur ou adresse e-mail',
    password: 'Mot de passe',
    showPassword: 'Afficher le mot de passe',
    capsLock: 'La touche Verr. Maj. est activée.',
    forgotPassword: 'Mot de passe oublié\u00a0?',
    submit: 'Se connecter',
    cancel: 'Annuler',
    rejected:
      'Le nom d’utilisateur ou le mot de passe est incorrect. Veuillez vérifier les deux, puis réessayer.',
    throttled: (when) => `Trop de tentatives de connexion. Veuillez réessayer ${when}.`,
    disabled: 'Ce compte est désactivé. Veuillez contacter les responsables de ce service.',
    locked:
      'Ce compte est actuellement verrouillé. Veuillez réessayer plus tard ou contacter les responsables de ce service.',
    unavailable:
      'Nous ne pouvons pas vérifier votre mot de passe pour le moment. Il n’est pas en cause\u00a0; veuillez réessayer dans un instant.',
    otherAccount: (app) =>
      `${app} attend ici une autre personne. Veuillez vous connecter avec le compte demandé.`,
    movedHint:
      'Les comptes sont en cours de transfert. Si le vôtre a déjà été transféré, votre ancien mot de passe n’est plus valable ici.',
    movedLink: 'Se connecter à la nouvelle adresse',
  },
  moved: {
    title: 'Votre compte a été transféré',
    sentence:
      'Vous vous connectez désormais à la nouvelle adresse, avec le mot de passe qui y est valable. S’il n’est pas accepté, vous pourrez en définir un nouveau là-bas.',
    link: 'Y aller',
  },
  changePassword: {
    title: 'Veuillez d’abord changer votre mot de passe',
    sentence:
      'Votre mot de passe est correct, mais il doit être changé avant que vous puissiez vous connecter.',
    link: 'Changer le mot de passe',
  },
  consent: {
    title: 'Partager vos données\u00a0?',
    lead: (app) => ({ before: '', app, after: ' demande\u00a0:' }),
    scopes: {
      openid: 'votre identité',
      profile: 'votre nom et votre profil',
      email: 'votre adresse e-mail',
      phone: 'votre numéro de téléphone',
      address: 'votre adresse postale',
      offline_access: 'un accès qui se poursuit en votre absence',
    },
    more: 'certaines données de votre profil',
    submit: 'Continuer',
    cancel: 'Annuler',
  },
  expired: {
    title: 'Cette page n’est plus valable',
    sentence:
      'La connexion a pris trop de temps, était déjà terminée ou a commencé dans un autre navigateur. Retournez à l’application d’où vous venez et recommencez.',
  },
  logout: {
    title: 'Se déconnecter\u00a0?',
    sentence: 'Vous serez déconnecté d’ici. Les applications pourront vous demander de vous reconnecter.',
    submit: 'Se déconnecter',
    stay: 'Rester connecté',
    doneTitle: 'Déconnexion effectuée',
    done: 'Vous pouvez fermer cette fenêtre.',
  },
  error: {
    title: 'Cette connexion ne peut pas se poursuivre',
    unknownClient:
      'L’application qui vous a envoyé ici n’est pas enregistrée auprès de ce service de connexion.',
    redirectUri:
      'L’application qui vous a envoyé ici veut vous faire revenir à une adresse qu’elle n’a pas enregistrée. C’est pourquoi vous n’y avez pas été envoyé.',
    registration:
      'L’enregistrement de l’application qui vous a envoyé ici n’est pas valable. Son exploitant doit le corriger.',
    unavailable: 'Ce service n’est pas disponible pour le moment. Veuillez réessayer dans un instant.',
    fault: 'Une erreur s’est produite sur ce serveur. Veuillez réessayer plus tard.',
    request:
      'L’application qui vous a envoyé ici demande quelque chose que ce service de connexion ne sait pas faire.',
    forDevelopers: 'Pour les développeurs de l’application',
    reference: 'Référence',
  },
  refusal: {
    notUnderstood: {
      title: 'Cette demande n’a pas été comprise',
      sentence: 'Retournez à l’application d’où vous venez et recommencez.',
    },
    formRefused: {
      title: 'Demande refusée',
      sentence:
        'Ce formulaire n’a pas été envoyé depuis la page à laquelle il appartient. Retournez à l’application d’où vous venez et recommencez.',
    },
    notFound: { title: 'Il n’y a rien ici', sentence: 'Il n’y a rien à cette adresse.' },
    unavailable: {
      title: 'Indisponible pour le moment',
      sentence: 'Ce service n’est pas disponible pour le moment. Veuillez réessayer dans un instant.',
    },
    fault: {
      title: 'Une erreur s’est produite',
      sentence: 'Une erreur s’est produite sur ce serveur. Veuillez réessayer plus tard.',
    },
  },
  links: { privacy: 'Confidentialité', imprint: 'Mentions légales', support: 'Aide' },
};
