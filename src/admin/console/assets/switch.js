// Says beside the slider of a switch how many people it means, and moments of its time in the reader's zone.
const grouped = new Intl.NumberFormat('en');
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

for (const form of document.querySelectorAll('form.switch')) {
  if (form instanceof HTMLFormElement) enliven(form);
}

/** @param {HTMLFormElement} form */
function enliven(form) {
  const range = form.querySelector('[data-range]');
  const percent = form.querySelector('[name=percent]');
  const output = form.querySelector('[data-share]');
  if (!(range instanceof HTMLInputElement) || !(percent instanceof HTMLInputElement)) return;

  const tell = () => {
    if (output !== null && percent.validity.valid) output.textContent = share(form, Number(percent.value));
  };
  range.addEventListener('input', () => {
    percent.value = range.value;
    tell();
  });
  percent.addEventListener('input', () => {
    range.value = percent.value;
    tell();
  });
  for (const name of ['allow', 'deny']) {
    form.querySelector(`[name=${name}]`)?.addEventListener('input', tell);
  }
  for (const field of form.querySelectorAll('[data-utc]')) {
    if (field instanceof HTMLInputElement) inReadersZone(field);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {number} percent
 */
function share(form, percent) {
  const everybody = form.dataset.people === undefined ? undefined : Number(form.dataset.people);
  if (everybody === undefined) return `${percent}%, by a bucket that each person keeps.`;
  const of = `${grouped.format(everybody)} ${everybody === 1 ? 'person' : 'people'}`;
  const means = percent === 0 ? grouped.format(entries(form, 'allow')) : `≈ ${grouped.format(estimate())}`;
  return `${percent}% means ${means} of ${of}.`;

  function estimate() {
    const left =
      percent === 100 ? (everybody ?? 0) - entries(form, 'deny') : ((everybody ?? 0) * percent) / 100;
    return Math.max(0, Math.round(left));
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function entries(form, name) {
  const field = form.querySelector(`[name=${name}]`);
  if (!(field instanceof HTMLTextAreaElement)) return 0;
  return new Set(
    field.value
      .split(/[\n,]/)
      .map((entry) => entry.trim())
      .filter(Boolean),
  ).size;
}

/** @param {HTMLInputElement} field */
function inReadersZone(field) {
  const hint = document.getElementById(field.dataset.utc ?? '');
  if (hint === null) return;
  const empty = hint.textContent;
  const tell = () => {
    const at = Date.parse(`${field.value}Z`);
    hint.textContent = Number.isNaN(at) ? empty : `Where you are: ${moment.format(at)}.`;
  };
  field.addEventListener('input', tell);
  tell();
}
