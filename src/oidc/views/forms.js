// Comforts of the pages with forms. Each of them works without this file.

/** A password that is shown can be checked; it is hidden again before it is sent, so that no browser remembers it as text. */
function offerToReveal(button, input) {
  const show = (shown) => {
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
  };
  button.addEventListener('click', () => {
    show(input.type === 'password');
    input.focus();
  });
  input.form.addEventListener('submit', () => show(false));
  window.addEventListener('pageshow', () => show(false));
  button.hidden = false;
}

/** A live region says aloud what is written into it. */
function hintAtCapsLock(hint, input) {
  const say = (text) => {
    if (hint.textContent !== text) hint.textContent = text;
  };
  const look = (event) => {
    if (event.getModifierState) say(event.getModifierState('CapsLock') ? hint.dataset.text : '');
  };
  for (const type of ['keydown', 'keyup', 'mousedown']) input.addEventListener(type, look);
  input.addEventListener('blur', () => say(''));
}

/** A second click would be a second attempt. After a while the form can be sent again, in case the first got lost. */
const AGAIN_AFTER_MS = 10_000;

function sendOnce(form) {
  const mark = (sent) => {
    form.toggleAttribute('data-sent', sent);
    for (const button of form.querySelectorAll('[type="submit"]')) {
      if (sent) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
    }
  };
  form.addEventListener('submit', (event) => {
    if (form.hasAttribute('data-sent')) {
      event.preventDefault();
      return;
    }
    mark(true);
    setTimeout(() => mark(false), AGAIN_AFTER_MS);
  });
  // The page may come back as it was left.
  window.addEventListener('pageshow', () => mark(false));
}

const [button, hint] = [document.getElementById('reveal'), document.getElementById('caps-lock')];
const password = document.getElementById('password');
if (button && password) offerToReveal(button, password);
if (hint && password) hintAtCapsLock(hint, password);
for (const form of document.forms) sendOnce(form);
