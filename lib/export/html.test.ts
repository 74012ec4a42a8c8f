import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { cssString, direction, escaped, html, joined } from "./html";

describe("html", () => {
  test("escapes every string, and leaves markup of its own alone", () => {
    const words = `<b>&"'</b>`;
    expect(html`<a title="${words}">${words}</a>${html`<i>${1}</i>`}`.markup).toBe(
      `<a title="&lt;b&gt;&amp;&quot;'&lt;/b&gt;">&lt;b&gt;&amp;&quot;'&lt;/b&gt;</a><i>1</i>`,
    );
    expect(html`<p>${escaped(`"<&>"`)}</p>`.markup).toBe(`<p>"&lt;&amp;&gt;"</p>`);
  });

  test("draws nothing for what is not there, and nothing for its own line ends", () => {
    expect(
      html`
      <ul>
        ${[1, 2].map((each) => html`<li>${each}</li>`)}
        ${null}${false}
      </ul>`.markup,
    ).toBe("<ul><li>1</li><li>2</li></ul>");
    expect(html`<p>${"two\n  lines"}</p>`.markup).toBe("<p>two\n  lines</p>");
  });

  test("an object that looks like markup is not taken for it", () => {
    const forged = { markup: "<script>" } as never;
    expect(() => html`<p>${forged}</p>`.markup).toThrow();
  });

  test("whatever the text, it stays text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }).filter((text) => !/[\0\r]/.test(text)),
        (text) => {
          const { document } = parseHTML(html`<html><body><p title="${text}">${text}</p></body></html>`.markup);
          expect(document.querySelector("body")?.children.length).toBe(1);
          expect(document.querySelector("p")?.textContent).toBe(text);
          expect(document.querySelector("p")?.getAttribute("title")).toBe(text);
        },
      ),
    );
  });
});

test("joined puts a separator between what is there", () => {
  expect(joined(["a", null, "", html`<b>&amp;</b>`, "<"], ", ").markup).toBe("a, <b>&amp;</b>, &lt;");
});

test("a string of CSS cannot end early", () => {
  expect(cssString(`"}</style><script>`)).toBe(`"\\22 \\7d \\3c \\2f style\\3e \\3c script\\3e "`);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(cssString(text).slice(1, -1)).not.toMatch(/["'<>{};\n\f]|\\(?![0-9a-f]+ )/);
    }),
  );
});

test("text with right-to-left letters finds its own direction", () => {
  expect(direction("The vote").markup).toBe("");
  expect(direction("قال الوزير").markup).toBe(" dir=auto");
  expect(direction("He said שלום").markup).toBe(" dir=auto");
});
