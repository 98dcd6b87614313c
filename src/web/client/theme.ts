/** Before the first paint: the theme that was chosen here, if one was, and that there is a script at all. */
const chosen = localStorage.getItem('theme');
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
// What only a page without a script needs is hidden by the style sheet.
document.documentElement.classList.add('scripted');
