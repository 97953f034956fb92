// Copies what stands beside a button. Where the browser does not let it, the text is selected.
document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  if (button === null) return;
  if (button.dataset.print !== undefined) return print();
  const source = document.getElementById(button.dataset.copy ?? '');
  if (source === null) return;
  button.textContent = (await copied(source)) ? 'Copied' : 'Selected';
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2_000);
});

/** @param {HTMLElement} source */
async function copied(source) {
  getSelection()?.selectAllChildren(source);
  try {
    await navigator.clipboard.writeText(source.textContent ?? '');
    return true;
  } catch {
    return false;
  }
}
