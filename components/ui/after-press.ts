/**
 * Does what moves things on the page when the press that is going on, if one is, has been taken: what moves away under a button of the mouse
 * that is down makes the click miss.
 */
export function afterPress(work: () => void): void {
  if (!document.querySelector(":active")) {
    work();
    return;
  }
  const over = new AbortController();
  const end = () => {
    over.abort();
    // The click comes right after.
    setTimeout(work);
  };
  // Touch tells of these too, after its own events.
  for (const type of ["mouseup", "dragend"]) addEventListener(type, end, { signal: over.signal, capture: true });
}
