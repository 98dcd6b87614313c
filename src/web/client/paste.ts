/** The box for pasting: a file may be dropped into it, and a short text goes into the address, to be passed on. */
const MAX_FILE_BYTES = 1_000_000;

export function watchPaste(): void {
  const form = document.querySelector<HTMLFormElement>('[data-paste]');
  const box = form?.querySelector('textarea');
  if (!form || !box) return;
  const hint = form.querySelector<HTMLElement>('[data-drop-hint]');
  if (hint) hint.hidden = false;
  box.addEventListener('dragover', (event) => event.preventDefault());
  box.addEventListener('drop', (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file || file.size > MAX_FILE_BYTES) return;
    event.preventDefault();
    void file.text().then((text) => {
      box.value = text;
    });
  });
  form.addEventListener('submit', () => {
    form.method = box.value.length <= Number(form.dataset.short) ? 'get' : 'post';
  });
}
