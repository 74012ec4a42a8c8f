/** The content as React elements, as a page of components would have it. */
import { parseHTML } from "linkedom";
import { createElement, type ReactNode } from "react";
import { body, style } from "./content";

const renamed: Record<string, string> = { class: "className", datetime: "dateTime", tabindex: "tabIndex" };

function elementsOf(parent: ParentNode & Node): ReactNode[] {
  return [...parent.childNodes].map((node, key) => {
    if (node.nodeType !== 1) return node.textContent;
    const element = node as Element;
    const attributes = [...element.attributes].map(({ name, value }) => [renamed[name] ?? name, value]);
    const children = elementsOf(element);
    return createElement(
      element.localName,
      { ...Object.fromEntries(attributes), key },
      ...(children.length > 0 ? children : []),
    );
  });
}

export default function Page() {
  const { document } = parseHTML(`<html><body>${body}</body></html>`);
  return (
    <>
      <style>{style}</style>
      {elementsOf(document.body as unknown as ParentNode & Node)}
    </>
  );
}
