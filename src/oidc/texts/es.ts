import type { Texts } from './texts.ts';

export const es: Texts = {
  lang: 'es',
  login: {
    title: 'Iniciar sesión',
    failedTitle: 'No se ha iniciado la sesión',
    lead: (app) => ({ before: 'para continuar a ', app, after: '' }),
    identifier: 'Nombre de usuario o correo electrónico',
    password: 'Contraseña',
    showPassword: 'Mostrar contraseña',
    capsLock: 'El bloqueo de mayúsculas está activado.',
    forgotPassword: '¿Ha olvidado su contraseña?',
    submit: 'Iniciar sesión',
    cancel: 'Cancelar',
    rejected:
      'El nombre de usuario o la contraseña no son correctos. Compruebe ambos datos e inténtelo de nuevo.',
    throttled: (when) => `Ha habido demasiados intentos de inicio de sesión. Inténtelo de nuevo ${when}.`,
    disabled: 'Esta cuenta está desactivada. Póngase en contacto con los responsables de este servicio.',
    locked:
      'Esta cuenta está bloqueada en este momento. Inténtelo de nuevo más tarde o póngase en contacto con los responsables de este servicio.',
    unavailable:
      'Ahora mismo no podemos comprobar su contraseña. No hay ningún problema con ella; inténtelo de nuevo en un momento.',
    otherAccount: (app) => `${app} espera aquí a otra persona. Inicie sesión con la cuenta que le pide.`,
    movedHint:
      'Las cuentas se están trasladando. Si la suya ya se ha trasladado, su contraseña anterior ya no es válida aquí.',
    movedLink: 'Iniciar sesión en el nuevo sitio',
  },
  moved: {
    title: 'Su cuenta se ha trasladado',
    sentence:
      'Ahora se inicia sesión en el nuevo sitio, con la contraseña que es válida allí. Si no se acepta, podrá establecer una nueva allí.',
    link: 'Ir al nuevo sitio',
  },
  changePassword: {
    title: 'Cambie primero su contraseña',
    sentence: 'Su contraseña es correcta, pero debe cambiarla antes de poder iniciar sesión con ella.',
    link: 'Cambiar la contraseña',
  },
  consent: {
    title: '¿Compartir sus datos?',
    lead: (app) => ({ before: '', app, after: ' solicita:' }),
    scopes: {
      openid: 'su identidad',
      profile: 'su nombre y su perfil',
      email: 'su dirección de correo electrónico',
      phone: 'su número de teléfono',
      address: 'su dirección postal',
      offline_access: 'acceso que continúa mientras usted no está',
    },
    more: 'algunos datos de su perfil',
    submit: 'Continuar',
    cancel: 'Cancelar',
  },
  expired: {
    title: 'Esta página ya no es válida',
    sentence:
      'El inicio de sesión tardó demasiado, ya había terminado o empezó en otro navegador. Vuelva a la aplicación de la que venía y empiece de nuevo.',
  },
  logout: {
    title: '¿Cerrar sesión?',
    sentence:
      'Se cerrará su sesión aquí. Es posible que las aplicaciones le pidan que vuelva a iniciar sesión.',
    submit: 'Cerrar sesión',
    stay: 'Mantener la sesión abierta',
    doneTitle: 'Se ha cerrado la sesión',
    done: 'Puede cerrar esta ventana.',
  },
  error: {
    title: 'Este inicio de sesión no puede continuar',
    unknownClient:
      'La aplicación que le ha enviado aquí no está registrada en este servicio de inicio de sesión.',
    redirectUri:
      'La aplicación que le ha enviado aquí quiere que vuelva a una dirección que no ha registrado. Por eso no se le ha enviado allí.',
    registration:
      'El registro de la aplicación que le ha enviado aquí no es válido. Su operador debe corregirlo.',
    unavailable: 'Este servicio no está disponible en este momento. Inténtelo de nuevo en un momento.',
    fault: 'Se ha producido un error en este servidor. Inténtelo de nuevo más tarde.',
    request:
      'La aplicación que le ha enviado aquí pide algo que este servicio de inicio de sesión no puede hacer.',
    forDevelopers: 'Para los desarrolladores de la aplicación',
    reference: 'Referencia',
  },
  refusal: {
    notUnderstood: {
      title: 'No se ha entendido la solicitud',
      sentence: 'Vuelva a la aplicación de la que venía y empiece de nuevo.',
    },
    formRefused: {
      title: 'Solicitud rechazada',
      sentence:
        'Este formulario no se ha enviado desde la página a la que pertenece. Vuelva a la aplicación de la que venía y empiece de nuevo.',
    },
    notFound: { title: 'Aquí no hay nada', sentence: 'No hay nada en esta dirección.' },
    unavailable: {
      title: 'No disponible en este momento',
      sentence: 'Este servicio no está disponible en este momento. Inténtelo de nuevo en un momento.',
    },
    fault: {
      title: 'Se ha producido un error',
      sentence: 'Se ha producido un error en este servidor. Inténtelo de nuevo más tarde.',
    },
  },
  links: { privacy: 'Privacidad', imprint: 'Aviso legal', support: 'Ayuda' },
};
