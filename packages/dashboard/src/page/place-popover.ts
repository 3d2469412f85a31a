/** Room between a popover and the edge of the window, in CSS pixels. */
const margin = 12;

/**
 * Puts a popover below its button, inside the window. Where there is little room below, it begins higher; what is longer than the
 * window scrolls.
 *
 * @param width in CSS pixels, where the window has so much
 * @param height that it usually takes, in CSS pixels
 */
export function placePopover(
  popover: HTMLElement,
  button: HTMLElement,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const at = button.getBoundingClientRect();
  const wide = Math.min(width, window.innerWidth - 2 * margin);
  popover.style.width = `${wide}px`;
  popover.style.left = `${Math.max(margin, Math.min(at.left, window.innerWidth - wide - margin))}px`;
  const top = Math.max(margin, Math.min(at.bottom + 6, window.innerHeight - height));
  popover.style.top = `${top}px`;
  popover.style.maxHeight = `${window.innerHeight - top - margin}px`;
}
