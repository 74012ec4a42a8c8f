/**
 * What a measure needs to see from inside of a page: when it was painted, when its claims were drawn and it came to rest, and what a
 * key costs the page's main thread. Put into the page before any script of its own.
 */

/** Milliseconds of the main thread, the waiting for the next frame left out. */
export type KeyCost = {
  /** From the first listener of the key to the last, all that they set off at once included. */
  script: number;
  /** Each frame from there until nothing scrolls any more: styles, layout and paint. The first shows what the key did. */
  frames: number[];
  /** From the key to the paint of the last frame that moved, waiting included. */
  settled: number;
};

export type Opening = {
  /** First and largest contentful paint, and all claims drawn and nothing to do: milliseconds from the start of the navigation. */
  first: number;
  largest: number;
  atRest: number;
  /** The longest that the page did not answer meanwhile. */
  longest: number;
};

type Probe = {
  opening(claims: number): Promise<Opening>;
  /** Notes what the next key costs; asked for before it is pressed, because a key overtakes a question. */
  listen(): void;
  keyCost(): Promise<KeyCost>;
  /** Milliseconds from frame to frame while the page is scrolled by `step` pixels in each. */
  scroll(from: number, step: number, frames: number): Promise<number[]>;
  /** Brings a block of the article onto the screen and selects words of it, as a mouse would; none is a caret. */
  select(block: number, start: number, length: number): Promise<void>;
  /** How many claims are drawn on the text. */
  countClaims(): number;
  /** Whether the words of the open claim are on the screen. */
  seesOpenClaim(): boolean;
};

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Sent to the page as it stands, so that all that it needs is in it. */
export function installProbe(): void {
  const paints = { first: Number.NaN, largest: Number.NaN, longest: 0 };
  const watch = (type: string, note: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch("paint", ({ name, startTime }) => {
    if (name === "first-contentful-paint") paints.first = startTime;
  });
  watch("largest-contentful-paint", ({ startTime }) => {
    paints.largest = startTime;
  });
  watch("longtask", ({ duration }) => {
    paints.longest = Math.max(paints.longest, duration);
  });

  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  /** In a frame, this is when its paint is done. */
  const afterThis = (work: () => void) => {
    waiting.push(work);
    channel.port2.postMessage(null);
  };
  /** Milliseconds of one frame, and when it ended. */
  const frame = () =>
    new Promise<{ cost: number; end: number }>((resolve) => {
      requestAnimationFrame(() => {
        const begun = performance.now();
        afterThis(() => resolve({ cost: performance.now() - begun, end: performance.now() }));
      });
    });
  const countClaims = () => {
    const marks = document.querySelectorAll(".tiptap [data-claim]");
    return new Set([...marks].map((mark) => mark.getAttribute("data-claim"))).size;
  };

  let pressing: Promise<KeyCost> = Promise.reject(new Error("No key was listened for"));
  pressing.catch(() => {});

  window.probe = {
    opening: (claims) =>
      new Promise((resolve) => {
        // Counted only when there is time for it, so that it delays nothing.
        const look = (deadline: IdleDeadline) => {
          const isThere = document.querySelector(".tiptap") !== null;
          if (isThere && deadline.timeRemaining() > 8 && countClaims() >= claims)
            resolve({ ...paints, atRest: performance.now() });
          else setTimeout(() => requestIdleCallback(look), 20);
        };
        requestIdleCallback(look);
      }),

    listen: () => {
      pressing = new Promise((resolve) => {
        let pressed = 0;
        let first = Promise.resolve({ cost: 0, end: 0 });
        const begin = () => {
          pressed = performance.now();
          // Asked for before the page asks for any of its own.
          first = frame();
        };
        const end = async () => {
          const script = performance.now() - pressed;
          const frames: number[] = [];
          let settled = 0;
          let top = Number.NaN;
          for (let still = 0; still < 3; ) {
            const { cost, end: painted } = await (frames.length === 0 ? first : frame());
            frames.push(cost);
            still = scrollY === top ? still + 1 : 0;
            if (still === 0) settled = painted - pressed;
            top = scrollY;
          }
          resolve({ script, frames: frames.slice(0, -3), settled });
        };
        addEventListener("keydown", begin, { capture: true, once: true });
        addEventListener("keydown", () => void end(), { once: true });
      });
    },

    keyCost: () => pressing,

    scroll: async (from, step, frames) => {
      scrollTo(0, from);
      await frame();
      await frame();
      const gaps: number[] = [];
      let last = Number.NaN;
      await new Promise<void>((resolve) => {
        const next = (now: number) => {
          if (!Number.isNaN(last)) gaps.push(now - last);
          last = now;
          scrollBy(0, step);
          if (gaps.length < frames) requestAnimationFrame(next);
          else resolve();
        };
        requestAnimationFrame(next);
      });
      return gaps;
    },

    select: async (block, start, length) => {
      const text = document.querySelector<HTMLElement>(".tiptap");
      const element = text?.children[block];
      if (!text || !element) throw new Error(`There is no block ${block}`);
      if (length > 0) {
        element.scrollIntoView({ block: "center" });
        await frame();
        element.scrollIntoView({ block: "center" });
        await frame();
      }
      const place = (offset: number): [Node, number] => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        let rest = offset;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const { length: size } = node as Text;
          if (rest <= size) return [node, rest];
          rest -= size;
        }
        throw new Error(`Block ${block} is not as long`);
      };
      text.focus({ preventScroll: true });
      getSelection()?.setBaseAndExtent(...place(start), ...place(start + length));
      await frame();
      await frame();
    },

    countClaims,

    seesOpenClaim: () => {
      const box = document.querySelector(".claim-mark.is-active")?.getBoundingClientRect();
      return box !== undefined && box.bottom > 0 && box.top < innerHeight;
    },
  };
}
