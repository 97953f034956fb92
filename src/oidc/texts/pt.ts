import type { Texts } from './texts.ts';

export const pt: Texts = {
  lang: 'pt',
  login: {
    title: 'Entrar',
    failedTitle: 'Não foi possível entrar',
    lead: (app) => ({ before: 'para continuar em ', app, after: '' }),
    identifier: 'Nome de usuário ou e-mail',
    password: 'Senha',
    showPassword: 'Mostrar senha',
    capsLock: 'O Caps Lock está ativado.',
    forgotPassword: 'Esqueceu a senha?',
    submit: 'Entrar',
    cancel: 'Cancelar',
    rejected: 'O nome de usuário ou a senha não está correto. Verifique os dois e tente novamente.',
    throttled: (when) => `Houve tentativas demais de entrar. Tente novamente ${when}.`,
    disabled: 'Esta conta está desativada. Fale com os responsáveis por este serviço.',
    locked:
      'Esta conta está bloqueada no momento. Tente novamente mais tarde ou fale com os responsáveis por este serviço.',
    unavailable:
      'Não conseguimos verificar sua senha agora. Não há nada de errado com ela; tente novamente em instantes.',
    otherAccount: (app) => `${app} espera outra pessoa aqui. Entre com a conta solicitada.`,
    movedHint:
      'As contas estão mudando para um novo lugar. Se a sua já estiver lá, sua senha antiga não vale mais aqui.',
    movedLink: 'Entrar no novo lugar',
  },
  moved: {
    title: 'Sua conta mudou de lugar',
    sentence:
      'Agora você entra no novo lugar, com a senha que vale lá. Se ela não for aceita, você poderá definir uma nova lá.',
    link: 'Ir para lá',
  },
  changePassword: {
    title: 'Altere primeiro sua senha',
    sentence: 'Sua senha está correta, mas precisa ser alterada antes que você possa entrar com ela.',
    link: 'Alterar a senha',
  },
  consent: {
    title: 'Compartilhar seus dados?',
    lead: (app) => ({ before: '', app, after: ' solicita:' }),
    scopes: {
      openid: 'sua identidade',
      profile: 'seu nome e perfil',
      email: 'seu endereço de e-mail',
      phone: 'seu número de telefone',
      address: 'seu endereço postal',
      offline_access: 'acesso que continua enquanto você está ausente',
    },
    more: 'alguns dados do seu perfil',
    submit: 'Continuar',
    cancel: 'Cancelar',
  },
  expired: {
    title: 'Esta página não é mais válida',
    sentence:
      'A entrada demorou demais, já tinha sido concluída ou começou em outro navegador. Volte ao aplicativo de onde você veio e comece de novo.',
  },
  logout: {
    title: 'Sair?',
    sentence: 'Sua sessão será encerrada aqui. Os aplicativos podem pedir que você entre novamente.',
    submit: 'Sair',
    stay: 'Continuar conectado',
    doneTitle: 'Você saiu',
    done: 'Você pode fechar esta janela.',
  },
  error: {
    title: 'Não é possível continuar',
    unknownClient: 'O aplicativo que enviou você para cá não está registrado neste serviço de login.',
    redirectUri:
      'O aplicativo que enviou você para cá quer que você volte a um endereço que ele não registrou. Por isso você não foi enviado para lá.',
    registration:
      'O registro do aplicativo que enviou você para cá não é válido. O operador dele precisa corrigi-lo.',
    unavailable: 'Este serviço não está disponível no momento. Tente novamente em instantes.',
    fault: 'Algo deu errado neste servidor. Tente novamente mais tarde.',
    request: 'O aplicativo que enviou você para cá pediu algo que este serviço de login não pode fazer.',
    forDevelopers: 'Para os desenvolvedores do aplicativo',
    reference: 'Referência',
  },
  refusal: {
    notUnderstood: {
      title: 'Não foi possível entender a solicitação',
      sentence: 'Volte ao aplicativo de onde você veio e comece de novo.',
    },
    formRefused: {
      title: 'Solicitação recusada',
      sentence:
        'Este formulário não foi enviado da página à qual pertence. Volte ao aplicativo de onde você veio e comece de novo.',
    },
    notFound: { title: 'Não há nada aqui', sentence: 'Não há nada neste endereço.' },
    unavailable: {
      title: 'Indisponível no momento',
      sentence: 'Este serviço não está disponível no momento. Tente novamente em instantes.',
    },
    fault: {
      title: 'Algo deu errado',
      sentence: 'Algo deu errado neste servidor. Tente novamente mais tarde.',
    },
  },
  links: { privacy: 'Privacidade', imprint: 'Aviso legal', support: 'Ajuda' },
};
