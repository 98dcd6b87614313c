/** One click copies the reference above the button, and says so. */
const SAID_MS = 1_500;

export function watchCopy(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-copy]');
  const text = document.querySelector('[data-cite-box] pre')?.textContent;
  if (!button || !text) return;
  button.hidden = false;
  const name = button.textContent;
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(text).then(() => {
      button.textContent = '✓';
      setTimeout(() => {
        button.textContent = name;
      }, SAID_MS);
    });
  });
}
