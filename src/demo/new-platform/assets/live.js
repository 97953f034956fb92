// Keeps the part of the page that changes up to date. Without scripts the page works the same and is reloaded.
const EVERY_MS = 1000;
const region = document.getElementById('live');
const spoken = document.getElementById('spoken');
let shown = region.innerHTML;
let progress = region.querySelector('[data-progress]')?.textContent;

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(region.dataset.live, { credentials: 'same-origin' });
  if (!answer.ok) return;
  const html = await answer.text();
  if (html.trim() === shown.trim()) return;
  shown = html;
  const focused = region.contains(document.activeElement) ? document.activeElement.id : '';
  region.innerHTML = html;
  if (focused) document.getElementById(focused)?.focus();
  const now = region.querySelector('[data-progress]')?.textContent;
  if (now !== progress) spoken.textContent = now ?? '';
  progress = now;
}

async function keepRefreshing() {
  // The demo may have been stopped: the page then simply stays as it is.
  await refresh().catch(() => {});
  setTimeout(keepRefreshing, EVERY_MS);
}

keepRefreshing();
