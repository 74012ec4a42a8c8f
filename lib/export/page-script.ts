/**
 * The only script of the public page, which can do without it: a claim opens level with its words, the next one is a button
 * away, a pile of claims offers all of them, Escape goes back. Plain JavaScript for any browser that knows `:is()`; kept as text
 * because a page is frozen with its script, whatever a later build makes of it. It asks nothing of any server.
 */
export const pageScript = `(() => {
const page = document, root = page.documentElement, main = page.querySelector("main");
const list = page.querySelectorAll(".l>li"), tools = page.querySelector(".t");
const wide = matchMedia("(min-width:64rem)");
const [previous, next, close] = tools.querySelectorAll("button"), position = tools.querySelector("span"), pile = tools.querySelector("p");
let open = null, mark = null, from = null;
root.classList.add("js");

const numberOf = (hash) => Number((/^#c(\\d+)$/.exec(hash) || [])[1] || 0);
const entryOf = (number) => page.getElementById("c" + number);
const linksOf = (number) => page.querySelectorAll('#text a[href="#c' + number + '"]');
const marksOf = (number) => [
  ...new Set([...linksOf(number), ...page.querySelectorAll('mark[data-c~="' + number + '"]')].map((each) => each.closest("mark") || each)),
];

function place() {
  if (!open) return;
  open.style.top = "";
  if (!mark) return;
  const words = mark.getClientRects()[0] || mark.getBoundingClientRect(), frame = main.getBoundingClientRect();
  if (wide.matches) {
    const lowest = frame.height - open.offsetHeight - 16;
    open.style.top = Math.max(0, Math.min(words.top - frame.top - 4, lowest)) + "px";
  } else {
    const hidden = words.bottom + 40 - (innerHeight - open.offsetHeight);
    if (hidden > 0) scrollBy(0, hidden);
  }
}

function leave() {
  if (!open) return;
  open.classList.remove("on");
  open.style.top = "";
  page.querySelectorAll(".at").forEach((each) => each.classList.remove("at"));
  open = mark = null;
}

function show(number, at, jump) {
  const entry = entryOf(number);
  if (!entry) return;
  leave();
  open = entry;
  const marks = marksOf(number);
  mark = at || marks[0] || null;
  from = at ? at.querySelector("a") || at : linksOf(number)[0] || null;
  marks.forEach((each) => each.classList.add("at"));
  entry.prepend(tools);
  const index = [...list].indexOf(entry);
  position.textContent = position.dataset.words.replace("{number}", index + 1);
  previous.disabled = index === 0;
  next.disabled = index === list.length - 1;
  const others = ((mark && mark.dataset.c) || "").split(" ").map(Number).filter((each) => each && each !== number);
  pile.hidden = others.length === 0;
  pile.querySelectorAll("a").forEach((link) => link.remove());
  for (const other of others) {
    const link = page.createElement("a");
    link.href = "#c" + other;
    link.textContent = entryOf(other).querySelector(".v b").textContent + " " + other;
    pile.append(link);
  }
  entry.classList.add("on");
  entry.tabIndex = -1;
  if (jump && mark) mark.scrollIntoView({ block: wide.matches ? "center" : "start" });
  place();
  entry.scrollTop = 0;
  entry.focus({ preventScroll: true });
  history.replaceState(null, "", "#c" + number);
}

function shut() {
  const back = from;
  leave();
  history.replaceState(null, "", location.pathname + location.search);
  if (back) back.focus({ preventScroll: true });
}

const step = (by) => show(Number(list[[...list].indexOf(open) + by].id.slice(1)), null, true);
previous.onclick = () => step(-1);
next.onclick = () => step(1);
close.onclick = shut;

page.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const number = numberOf(link.hash);
  if (!number) {
    if (open) leave();
    return;
  }
  event.preventDefault();
  const words = link.closest("#text mark") || (link.closest("#text") && link.previousElementSibling);
  show(number, words || (pile.contains(link) ? mark : null));
});
page.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && open) shut();
});
addEventListener("resize", place);
const arrive = () => {
  const number = numberOf(location.hash);
  if (number) show(number, null, true);
};
addEventListener("hashchange", arrive);
arrive();
})();`;
