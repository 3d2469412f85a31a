/** The element that a screen reader reads out when it changes. There is one, so that nothing is said twice. */
export const sayId = 'say';

/** Says something to those who listen to the page. */
export function say(text: string): void {
  const element = document.getElementById(sayId);
  if (element) element.textContent = text;
}
