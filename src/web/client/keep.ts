/** Keeping without leaving the page: the form is sent behind it, and what it says then stands in its place. */
export function watchKeep(): void {
  document.addEventListener('submit', (event) => {
    const form =
      event.target instanceof Element ? event.target.closest<HTMLFormElement>('[data-keep]') : null;
    if (!form) return;
    event.preventDefault();
    void keep(form);
  });
}

/** What cannot be done this way is done the other one: that page tells why. */
async function keep(form: HTMLFormElement): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
  try {
    // It leads back to this page, which need not be fetched again.
    const { type } = await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
    if (type !== 'opaqueredirect') throw new Error('it was refused');
  } catch {
    form.submit();
    return;
  }
  const done = document.createElement('a');
  done.href = '/library';
  done.className = 'kept';
  done.textContent = form.dataset.keep ?? '';
  const hadFocus = form.contains(document.activeElement);
  form.replaceWith(done);
  if (hadFocus) done.focus();
}
