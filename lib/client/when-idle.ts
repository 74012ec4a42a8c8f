/**
 * Does the work when the browser has nothing better to do, at the latest soon. Gives back how to call it off.
 * Not every browser has an idle callback.
 */
export function whenIdle(work: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const wait = setTimeout(work, 50);
    return () => clearTimeout(wait);
  }
  const id = requestIdleCallback(work, { timeout: 300 });
  return () => cancelIdleCallback(id);
}
